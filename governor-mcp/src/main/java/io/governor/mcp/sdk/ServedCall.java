package io.governor.mcp.sdk;

import io.governor.json.JsonProblem;
import io.governor.mcp.McpConnection;
import io.governor.mcp.Passage;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One call of a server's own tool, on its way through a connection that is its alone: as the
 * request and the answer it would be on the wire, so that rules see here what they see there.
 */
final class ServedCall {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedServerTools.class);

  private static final TypeRef<Map<String, Object>> TREE = new TypeRef<>() {};

  private static final byte[] FAILED =
      WireTree.answer("error", Map.of("code", -32603, "message", "The tool failed."));
  private static final byte[] CANCELLED =
      WireTree.bytes(
          Map.of(
              "jsonrpc", "2.0",
              "method", "notifications/cancelled",
              "params", Map.of("requestId", WireTree.ID)));

  private final McpConnection connection;
  private final McpJsonMapper mapper;
  private final Predicate<String> enforces;

  ServedCall(McpConnection connection, McpJsonMapper mapper, Predicate<String> enforces) {
    this.connection = connection;
    this.mapper = mapper;
    this.enforces = enforces;
  }

  /**
   * What became of the request.
   *
   * @param request what to call the tool with; null when it is not called
   * @param refusal what is answered in its place
   * @param watched whether the result is expected
   */
  private record Judged(
      @Nullable CallToolRequest request, @Nullable CallToolResult refusal, boolean watched) {}

  @Nullable CallToolResult run(
      CallToolRequest request, Function<CallToolRequest, CallToolResult> tool) {
    Judged judged = awaited(judge(request));
    CallToolRequest allowed = judged.request();
    if (allowed == null) {
      return refusal(judged);
    }
    @Nullable CallToolResult result;
    try {
      result = tool.apply(allowed);
    } catch (Throwable failure) {
      failed();
      throw failure;
    }
    return judged.watched() ? settled(request, result) : result;
  }

  Mono<CallToolResult> runLater(
      CallToolRequest request, Function<CallToolRequest, Mono<CallToolResult>> tool) {
    return Mono.fromCompletionStage(() -> judge(request))
        .flatMap(judged -> runLater(request, judged, tool));
  }

  private Mono<CallToolResult> runLater(
      CallToolRequest request,
      Judged judged,
      Function<CallToolRequest, Mono<CallToolResult>> tool) {
    CallToolRequest allowed = judged.request();
    if (allowed == null) {
      return Mono.just(refusal(judged));
    }
    Mono<CallToolResult> running = Mono.defer(() -> tool.apply(allowed));
    return judged.watched()
        ? running
            .doOnError(failure -> failed())
            .doOnCancel(this::failed)
            .map(result -> settled(request, result))
        : running;
  }

  private CompletionStage<Judged> judge(CallToolRequest request) {
    byte[] frame;
    try {
      frame = WireTree.request("tools/call", mapper.convertValue(request, TREE));
    } catch (RuntimeException | StackOverflowError failure) {
      return CompletableFuture.completedFuture(unreadable(request, failure));
    }
    return connection.fromClient(frame).thenApply(passage -> judged(request, frame, passage));
  }

  private Judged unreadable(CallToolRequest request, Throwable failure) {
    LOG.warn("a call could not be read: {}", failure.getClass().getName());
    return enforces.test(request.name())
        ? new Judged(null, said("Refused: the call could not be judged."), false)
        : new Judged(request, null, false);
  }

  private Judged judged(CallToolRequest request, byte[] frame, Passage passage) {
    byte[] onward = passage.onward();
    if (onward == null) {
      List<byte[]> back = passage.back();
      return new Judged(
          null, back.isEmpty() ? said("Refused: cancelled.") : result(back.get(0)), false);
    }
    return new Judged(
        Arrays.equals(frame, onward)
            ? request
            : mapper.convertValue(member(onward, "params"), CallToolRequest.class),
        null,
        true);
  }

  private @Nullable CallToolResult settled(
      CallToolRequest request, @Nullable CallToolResult result) {
    if (result == null) {
      failed();
      return null;
    }
    byte[] frame;
    try {
      frame = WireTree.answer("result", mapper.convertValue(result, TREE));
    } catch (RuntimeException | StackOverflowError failure) {
      failed();
      LOG.warn("the result of a tool could not be read: {}", failure.getClass().getName());
      return enforces.test(request.name())
          ? said("The tool ran; its result could not be judged and was withheld.")
          : result;
    }
    // Nobody is asked about a result: the stage is complete.
    byte[] onward = connection.fromServer(frame).toCompletableFuture().join().onward();
    if (onward == null) {
      return said("The tool ran; its result was withheld.");
    }
    return Arrays.equals(frame, onward) ? result : result(onward);
  }

  private void failed() {
    connection.fromServer(FAILED);
  }

  private CallToolResult result(byte[] answer) {
    Object result = member(answer, "result");
    if (result != null) {
      return mapper.convertValue(result, CallToolResult.class);
    }
    throw McpError.builder(-32001).message(message(answer)).build();
  }

  private static @Nullable Object member(byte[] message, String name) {
    try {
      return WireTree.members(message).get(name);
    } catch (JsonProblem ours) {
      throw new IllegalStateException("expected a message", ours);
    }
  }

  private static String message(byte[] answer) {
    return member(answer, "error") instanceof Map<?, ?> error
        ? String.valueOf(error.get("message"))
        : "Refused.";
  }

  private static CallToolResult said(String text) {
    return CallToolResult.builder(List.of(TextContent.builder(text).build())).isError(true).build();
  }

  private static CallToolResult refusal(Judged judged) {
    CallToolResult refusal = judged.refusal();
    return refusal == null ? said("Refused.") : refusal;
  }

  /** Waits for a person where one is asked. */
  private Judged awaited(CompletionStage<Judged> judging) {
    try {
      return judging.toCompletableFuture().get();
    } catch (InterruptedException interrupted) {
      connection.fromClient(CANCELLED);
      Thread.currentThread().interrupt();
      return new Judged(null, said("Refused: the wait for an answer was interrupted."), false);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException own
          ? own
          : new CompletionException(failure.getCause());
    }
  }
}
