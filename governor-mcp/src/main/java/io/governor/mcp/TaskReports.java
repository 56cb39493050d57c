package io.governor.mcp;

import io.governor.Action;
import io.governor.Counted;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.json.CanonicalJson;
import io.governor.mcp.Unfinished.Started;
import io.governor.mcp.Unfinished.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells about its tasks, in answers to {@code tasks/get} and in notifications: a
 * result in there is the result of the call that began the task, and what it asks for is judged as
 * anywhere (extension {@code io.modelcontextprotocol/tasks}, 2026-07-28). What is refused becomes a
 * task that completed with the refusal, which is what a model reads. Safe for use by several
 * threads.
 */
final class TaskReports {

  private static final String RESULT = "result";
  private static final String REQUESTS = "inputRequests";

  private final GovernedSession session;
  private final ServerTools tools;
  private final Unfinished unfinished;
  private final InputRequests inputs;
  private final boolean denialsAsErrors;

  TaskReports(SessionParts parts) {
    this.session = parts.session();
    this.tools = parts.tools();
    this.unfinished = parts.unfinished();
    this.inputs = new InputRequests(session, tools);
    this.denialsAsErrors = parts.denialsAsErrors();
  }

  /** Whether there is anything in it to look at. */
  static boolean isTelling(@Nullable Object told) {
    return told instanceof Map<?, ?> task
        && (task.get(RESULT) != null || task.get(REQUESTS) instanceof Map<?, ?>);
  }

  /** A task that is known, or begins to be: one that began before we were there. */
  Task task(Side runs, @Nullable Object taskId, String method) {
    String id = taskId instanceof String text ? text : "";
    Task known = unfinished.task(runs, id);
    if (known != null) {
      return known;
    }
    ToolCall call =
        ToolCall.of(
            tools.nameOf(method), ToolArguments.ofJson(CanonicalJson.text(Map.of("taskId", id))));
    Task unknown =
        new Task(
            new Started(call, new Counted(Set.of(), null), false),
            runs == Side.SERVER ? GovernedMethod.TOOLS_CALL : null,
            List.of());
    unfinished.began(runs, id, unknown);
    return unknown;
  }

  /** What is told, as it may go on. */
  CompletionStage<Map<?, ?>> judged(Map<?, ?> told) {
    Task task = task(Side.SERVER, told.get("taskId"), "tasks/get");
    Map<Object, @Nullable Object> after = new LinkedHashMap<>(told);
    if (told.get(RESULT) != null) {
      Decision decision = session.after(task.result(), ResultShape.of(told.get(RESULT)));
      if (decision.refused() || decision.action() == Action.ASK) {
        return CompletableFuture.completedFuture(refused(told, decision));
      }
      after.put(RESULT, rewritten(told.get(RESULT), decision, task));
    }
    return told.get(REQUESTS) instanceof Map<?, ?> requests
        ? inputs.requests(requests, task.inputs()).thenApply(judged -> asking(told, after, judged))
        : CompletableFuture.completedFuture(after);
  }

  private static @Nullable Object rewritten(@Nullable Object before, Decision decision, Task task) {
    ToolResult rewritten = decision.action() == Action.REWRITE ? decision.result() : null;
    return Notes.beside(
        rewritten == null ? before : ResultShape.rewritten(before, rewritten),
        task.notes(),
        decision.warnings());
  }

  private Map<?, ?> asking(
      Map<?, ?> told, Map<Object, @Nullable Object> after, InputRequests.Judged judged) {
    Decision refusal = judged.refusal();
    if (refusal != null) {
      return refused(told, refusal);
    }
    after.put(REQUESTS, judged.values());
    return after;
  }

  private Map<?, ?> refused(Map<?, ?> told, Decision decision) {
    Map<Object, @Nullable Object> after = new LinkedHashMap<>(told);
    after.remove(REQUESTS);
    after.remove("statusMessage");
    after.remove(RESULT);
    after.put("status", denialsAsErrors ? "failed" : "completed");
    after.put(
        denialsAsErrors ? "error" : RESULT,
        denialsAsErrors ? Answers.refusal(decision) : Answers.refusedResult(decision));
    return after;
  }
}
