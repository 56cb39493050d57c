package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.governor.Action;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.ResultHint;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One tool call on its way: judged, run, judged again. Belongs to the thread that runs it. */
final class GovernedCall {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  private final Run run;
  private final GovernedSession session;
  private final ToolExecutionRequest request;
  private final Decision before;
  private final Set<String> notes = new LinkedHashSet<>();
  private @Nullable Decision after;

  private GovernedCall(
      Run run, GovernedSession session, ToolExecutionRequest request, Decision before) {
    this.run = run;
    this.session = session;
    this.request = request;
    this.before = before;
    notes.addAll(before.warnings());
  }

  static GovernedCall begin(Run run, ToolExecutionRequest request, ToolHints hints) {
    GovernedSession session = run.session();
    ToolCall call =
        new ToolCall(
            given(request.name()) ? request.name() : "unnamed",
            ToolArguments.ofJson(request.arguments()),
            given(request.id()) ? request.id() : null,
            hints.annotations(),
            hints.call());
    return new GovernedCall(run, session, request, session.before(call));
  }

  private static boolean given(@Nullable String text) {
    return text != null && !text.isEmpty();
  }

  boolean refused() {
    return before.action() == Action.REFUSE || before.action() == Action.ASK;
  }

  String message() {
    return before.message();
  }

  /** The name by which the call was judged. */
  String tool() {
    return before.call().name();
  }

  /** The request to run: the model's own unless its arguments were rewritten. */
  ToolExecutionRequest request() {
    return before.action() == Action.REWRITE
        ? request.toBuilder().arguments(before.arguments().json()).build()
        : request;
  }

  /** Runs the tool; services it calls meanwhile on this thread belong to this run. */
  <T extends @Nullable Object> T run(Supplier<T> tool) {
    Run outer = run.enter();
    try {
      return tool.get();
    } catch (Throwable failure) {
      session.after(before.call(), ToolResult.failure());
      throw failure;
    } finally {
      Run.leave(outer);
    }
  }

  Decision judge(ToolResult result, ResultHint hint) {
    ResultHint known = hint.with(run.turns().claim(request));
    Decision decision = session.after(before.call(), result.with(known));
    after = decision;
    notes.addAll(decision.warnings());
    return decision;
  }

  /**
   * Something of ours failed after the tool ran.
   *
   * @return whether the result must not be handed on as it is
   */
  boolean unsettled(Throwable failure) {
    LOG.warn(
        "the result of tool {} could not be settled: {}",
        before.call().name(),
        failure.getClass().getName());
    return after != null && after.action() != Action.PROCEED;
  }

  /** What the model should be told beside the result; complete once the result was judged. */
  List<String> notes() {
    return List.copyOf(notes);
  }
}
