package io.governor.mcp;

import io.governor.Action;
import io.governor.Counted;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.json.CanonicalJson;
import io.governor.mcp.Unfinished.Inputs;
import io.governor.mcp.Unfinished.Started;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a server asks of its client inside a result (specification 2026-07-28, {@code
 * inputRequests}), judged as the requests that servers of the other era send, and by the same
 * rules; and the client's responses, judged as their results. Safe for use by several threads.
 */
final class InputRequests {

  private final GovernedSession session;
  private final ServerTools tools;

  InputRequests(GovernedSession session, ServerTools tools) {
    this.session = session;
    this.tools = tools;
  }

  /**
   * What becomes of them.
   *
   * @param refusal why none of them goes on, or null
   * @param values as they may go on, by the same keys
   */
  record Judged(@Nullable Decision refusal, Map<Object, @Nullable Object> values) {}

  /**
   * Judges requests one after the other, until one is refused.
   *
   * @param requests by the server's keys
   * @param inputs what was asked before, and is asked now
   */
  CompletionStage<Judged> requests(Map<?, ?> requests, Inputs inputs) {
    CompletionStage<Judged> judged =
        CompletableFuture.completedFuture(new Judged(null, new LinkedHashMap<>()));
    for (Map.Entry<?, ?> entry : requests.entrySet()) {
      String key = String.valueOf(entry.getKey());
      judged =
          judged.thenCompose(
              before ->
                  before.refusal() == null
                      ? request(key, entry.getValue(), inputs, before)
                      : CompletableFuture.completedFuture(before));
    }
    return judged;
  }

  private CompletionStage<Judged> request(
      String key, @Nullable Object request, Inputs inputs, Judged before) {
    ToolCall call = request instanceof Map<?, ?> members ? call(members) : null;
    if (call == null || !(request instanceof Map<?, ?> members)) {
      before.values().put(key, request);
      return CompletableFuture.completedFuture(before);
    }
    Started asked = inputs.again(key, request);
    ToolCall judged = asked == null ? call : asked.again();
    return session
        .beforeAsync(judged)
        .thenApply(
            decision -> {
              if (decision.action() == Action.REFUSE || decision.action() == Action.ASK) {
                return new Judged(decision, before.values());
              }
              if (asked == null) {
                inputs.asked(
                    key, request, new Started(decision.call(), Counted.after(decision), false));
              }
              before.values().put(key, rewritten(members, decision));
              return before;
            });
  }

  private @Nullable ToolCall call(Map<?, ?> request) {
    if (!(request.get("method") instanceof String method)) {
      return null;
    }
    GovernedMethod governed = GovernedMethod.of(Side.SERVER, method);
    String name = governed == null ? null : tools.nameOf(governed, Map.of());
    if (governed == null || name == null) {
      return null;
    }
    Object params = request.get("params");
    return ToolCall.of(
        name,
        params == null ? ToolArguments.empty() : ToolArguments.ofJson(CanonicalJson.text(params)));
  }

  private static Map<?, ?> rewritten(Map<?, ?> request, Decision decision) {
    if (decision.action() != Action.REWRITE) {
      return request;
    }
    Map<Object, @Nullable Object> rewritten = new LinkedHashMap<>(request);
    rewritten.put("params", decision.arguments().asMap());
    return rewritten;
  }

  /** Judges what the client answers to what was asked of it. */
  Judged responses(Map<?, ?> responses, Inputs inputs) {
    Map<Object, @Nullable Object> values = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : responses.entrySet()) {
      Started asked = inputs.answered(String.valueOf(entry.getKey()));
      Decision decision =
          asked == null ? null : session.after(asked.finishing(), ResultShape.of(entry.getValue()));
      if (decision != null && (decision.refused() || decision.action() == Action.ASK)) {
        return new Judged(decision, values);
      }
      values.put(entry.getKey(), answered(entry.getValue(), decision));
    }
    return new Judged(null, values);
  }

  private static @Nullable Object answered(@Nullable Object response, @Nullable Decision decision) {
    return decision != null && decision.action() == Action.REWRITE && decision.result() != null
        ? ResultShape.rewritten(response, decision.result())
        : response;
  }
}
