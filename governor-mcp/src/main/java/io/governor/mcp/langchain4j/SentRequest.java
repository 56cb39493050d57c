package io.governor.mcp.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import io.governor.mcp.McpConnection;
import io.governor.mcp.Passage;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through messages that are its alone: LangChain4j forgets a request it no
 * longer waits for without a word, and so are we to.
 */
final class SentRequest {

  private final McpConnection connection;
  private final McpClientMessage message;
  private final Undecided undecided;
  private final BooleanSupplier connected;
  private final byte[] frame;

  SentRequest(
      McpConnection connection,
      McpClientMessage message,
      Undecided undecided,
      BooleanSupplier connected) {
    this.connection = connection;
    this.message = message;
    this.undecided = undecided;
    this.connected = connected;
    this.frame = LangChain4jJson.bytes(message);
  }

  CompletableFuture<JsonNode> send(
      Function<McpClientMessage, CompletableFuture<JsonNode>> sending) {
    CompletableFuture<Passage> judging = connection.fromClient(frame).toCompletableFuture();
    if (judging.isDone()) {
      // What the transport throws is thrown here, as without us.
      return send(judging.join(), sending);
    }
    Long id = message.getId();
    undecided.add(id, connection);
    return judging.thenCompose(
        passage -> {
          undecided.remove(id);
          return connected.getAsBoolean() ? send(passage, sending) : given();
        });
  }

  private CompletableFuture<JsonNode> send(
      Passage passage, Function<McpClientMessage, CompletableFuture<JsonNode>> sending) {
    byte[] onward = passage.onward();
    if (onward == null) {
      List<byte[]> back = passage.back();
      return back.isEmpty()
          ? given()
          : CompletableFuture.completedFuture(LangChain4jJson.read(back.get(0)));
    }
    boolean same = Arrays.equals(frame, onward);
    return sending
        .apply(same ? message : LangChain4jJson.with(message, onward))
        .thenCompose(this::answered);
  }

  /** Nobody waits any more. */
  private static CompletableFuture<JsonNode> given() {
    return CompletableFuture.failedFuture(
        new CancellationException("The client no longer waits for the answer."));
  }

  private CompletionStage<@Nullable JsonNode> answered(@Nullable JsonNode answer) {
    if (answer == null) {
      return CompletableFuture.completedFuture(null);
    }
    byte[] received = LangChain4jJson.bytes(answer);
    return connection
        .fromServer(received)
        .thenApply(passage -> answered(answer, received, passage.onward()));
  }

  private static JsonNode answered(JsonNode answer, byte[] received, byte @Nullable [] onward) {
    if (onward == null) {
      throw new IllegalStateException("The answer belongs to no request.");
    }
    return Arrays.equals(received, onward) ? answer : LangChain4jJson.read(onward);
  }
}
