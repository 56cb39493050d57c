package io.governor.mcp;

import io.governor.Action;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.mcp.Unfinished.Inputs;
import io.governor.mcp.Unfinished.Round;
import io.governor.mcp.Unfinished.Started;
import io.governor.mcp.Unfinished.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the answers to requests: a result is judged as the result of the call that it is
 * one of, be it the one that was asked, or one that began a task before. An answer that is no
 * result yet is judged as well, and recorded only where a rule acts on it. Safe for use by several
 * threads.
 */
final class CallAnswers {

  private static final String REQUESTS = "inputRequests";
  private static final String STATE = "requestState";

  private final GovernedSession session;
  private final ServerTools tools;
  private final Unfinished unfinished;
  private final InputRequests inputs;
  private final TaskReports tasks;
  private final boolean denialsAsErrors;

  CallAnswers(SessionParts parts) {
    this.session = parts.session();
    this.tools = parts.tools();
    this.unfinished = parts.unfinished();
    this.inputs = new InputRequests(session, tools);
    this.tasks = new TaskReports(parts);
    this.denialsAsErrors = parts.denialsAsErrors();
  }

  /** An answer with the request it belongs to, where it stands. */
  private record Answered(
      Side answering,
      Frame frame,
      Frame.Part part,
      JsonBytes.@Nullable Span place,
      Exchange exchange,
      Message.Answer answer) {

    Passage asItCame() {
      return Passage.onward(frame.bytes(part));
    }

    /** With another result or error; without either, as it came. */
    Passage with(@Nullable Object result) {
      return place == null
          ? asItCame()
          : Passage.onward(
              frame.with(part, TreeEdits.of(frame.json(), place, answer.value(), result)));
    }
  }

  /** What becomes of an answer; the stage never completes exceptionally. */
  CompletionStage<Passage> passage(
      Side answering, Frame frame, Frame.Part part, Exchange exchange, Message.Answer answer) {
    String member = answer.failed() ? "error" : "result";
    JsonBytes.Span place = frame.json().member(part.place(), member);
    Answered answered = new Answered(answering, frame, part, place, exchange, answer);
    if (answer.result() instanceof Map<?, ?> result && place != null) {
      if (exchange.method().equals("tasks/get") && TaskReports.isTelling(result)) {
        return tasks.judged(result).thenApply(answered::with);
      }
      if (asksForInput(result)) {
        return inputRequired(answered, result);
      }
    }
    return CompletableFuture.completedFuture(settled(answered));
  }

  private Passage settled(Answered answered) {
    Exchange exchange = answered.exchange();
    if (exchange.method().equals("tasks/result")) {
      Object taskId = exchange.params().get("taskId");
      Task task = tasks.task(answered.answering(), taskId, exchange.method());
      return returned(answered, task.result(), task.governed(), task.notes());
    }
    Started started = exchange.started();
    if (started == null) {
      return exchange.method().equals("tools/list") && answered.answering() == Side.SERVER
          ? toolList(answered)
          : answered.asItCame();
    }
    String taskId = taskBegun(answered);
    if (taskId == null) {
      return returned(answered, started.finishing(), exchange.governed(), exchange.notes());
    }
    Task task = new Task(started, exchange.governed(), exchange.notes());
    unfinished.began(answered.answering(), taskId, task);
    return judged(answered, started.again(), exchange.governed(), List.of(), whole(answered));
  }

  private static ToolResult whole(Answered answered) {
    return ToolResult.of(answered.answer().result());
  }

  /** The id of the task that a request became; null when it became none. */
  private static @Nullable String taskBegun(Answered answered) {
    if (!(answered.answer().result() instanceof Map<?, ?> result)) {
      return null;
    }
    Exchange exchange = answered.exchange();
    boolean asked = exchange.params().get("task") != null;
    Object task = asked && result.get("task") instanceof Map<?, ?> told ? told : null;
    if (task == null && exchange.stateless() && "task".equals(result.get("resultType"))) {
      task = result;
    }
    return task instanceof Map<?, ?> told && told.get("taskId") instanceof String id ? id : null;
  }

  private Passage returned(
      Answered answered, ToolCall call, @Nullable GovernedMethod governed, List<String> notes) {
    ToolResult result =
        answered.answer().failed()
            ? ErrorShape.of(answered.answer().error())
            : ResultShape.of(answered.answer().result());
    return judged(answered, call, governed, notes, result);
  }

  private Passage judged(
      Answered answered,
      ToolCall call,
      @Nullable GovernedMethod governed,
      List<String> notes,
      ToolResult result) {
    Decision decision = session.after(call, result);
    if (isHeld(decision)) {
      return refused(answered, governed, decision);
    }
    ToolResult rewritten = decision.action() == Action.REWRITE ? decision.result() : null;
    if (answered.answer().failed()) {
      return rewritten == null
          ? answered.asItCame()
          : answered.with(ErrorShape.rewritten(answered.answer().error(), rewritten));
    }
    Object before = answered.answer().result();
    return answered.with(
        Notes.beside(
            rewritten == null ? before : ResultShape.rewritten(before, rewritten),
            notes,
            decision.warnings()));
  }

  private static boolean isHeld(Decision decision) {
    return decision.action() == Action.REFUSE || decision.action() == Action.ASK;
  }

  private Passage refused(Answered answered, @Nullable GovernedMethod governed, Decision decision) {
    return Passage.onward(
        Answers.refused(answered.exchange(), governed, decision, denialsAsErrors));
  }

  private Passage toolList(Answered answered) {
    if (answered.place() == null || !(answered.answer().result() instanceof Map<?, ?> result)) {
      return answered.asItCame();
    }
    tools.heard(answered.exchange(), result);
    return Passage.onward(
        answered
            .frame()
            .with(
                answered.part(),
                OfferedTools.edits(
                    answered.frame().json(),
                    answered.place(),
                    result,
                    name -> session.offers(tools.nameOf(name)))));
  }

  /** Whether a client could take it for a question, whatever else it is. */
  private static boolean asksForInput(Map<?, ?> result) {
    return isRound(result) || result.get(REQUESTS) instanceof Map<?, ?>;
  }

  /** Whether the server wants the call again, so that this is no result yet. */
  private static boolean isRound(Map<?, ?> result) {
    return "input_required".equals(result.get("resultType"));
  }

  /**
   * What the server keeps for itself in {@code requestState} is not looked at: it means nothing to
   * anybody else, and with any other value the call could not go on.
   */
  private CompletionStage<Passage> inputRequired(Answered answered, Map<?, ?> result) {
    Started started = answered.exchange().started();
    Map<Object, @Nullable Object> shown = new LinkedHashMap<>(result);
    shown.remove(STATE);
    if (started != null) {
      ToolCall call = isRound(result) ? started.again() : started.finishing();
      Decision decision = session.after(call, ToolResult.of(shown));
      if (isHeld(decision)) {
        return CompletableFuture.completedFuture(
            refused(answered, answered.exchange().governed(), decision));
      }
      ToolResult rewritten = decision.action() == Action.REWRITE ? decision.result() : null;
      if (rewritten != null && !(rewritten.value() instanceof Map<?, ?>)) {
        return CompletableFuture.completedFuture(answered.with(replaced(rewritten)));
      }
      if (rewritten != null && rewritten.value() instanceof Map<?, ?> value) {
        shown = new LinkedHashMap<>(value);
      }
    }
    return asking(answered, result, shown);
  }

  /** A rule left nothing of it but a text: that is the result then. */
  private static @Nullable Object replaced(ToolResult rewritten) {
    Map<String, Object> nothing = new LinkedHashMap<>();
    nothing.put("resultType", "complete");
    return ResultShape.rewritten(nothing, rewritten);
  }

  private CompletionStage<Passage> asking(
      Answered answered, Map<?, ?> before, Map<Object, @Nullable Object> shown) {
    Inputs asked = new Inputs();
    Map<?, ?> requests = shown.get(REQUESTS) instanceof Map<?, ?> map ? map : Map.of();
    return inputs
        .requests(requests, asked)
        .thenApply(
            judged -> {
              Decision refusal = judged.refusal();
              if (refusal != null) {
                return refused(answered, answered.exchange().governed(), refusal);
              }
              if (isRound(before)) {
                waits(answered.exchange(), before.get(STATE), asked);
              }
              return answered.with(asked(before, shown, judged.values()));
            });
  }

  private void waits(Exchange exchange, @Nullable Object state, Inputs asked) {
    Started started = exchange.started();
    if (started != null) {
      String key = Unfinished.key(exchange.method(), exchange.params());
      unfinished.waits(key, state, new Round(started, asked));
    }
  }

  /** In the order the server wrote it, so that only what differs is exchanged. */
  private static Map<?, ?> asked(Map<?, ?> before, Map<?, ?> shown, Map<?, ?> requests) {
    Map<Object, @Nullable Object> after = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : before.entrySet()) {
      if (entry.getKey().equals(STATE)) {
        after.put(STATE, entry.getValue());
      } else if (shown.containsKey(entry.getKey())) {
        after.put(entry.getKey(), shown.get(entry.getKey()));
      }
    }
    if (after.get(REQUESTS) instanceof Map<?, ?>) {
      after.put(REQUESTS, requests);
    }
    return after;
  }
}
