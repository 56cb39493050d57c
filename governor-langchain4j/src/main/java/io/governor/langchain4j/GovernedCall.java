package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.governor.Action;
import io.governor.CallHint;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.ResultHint;
import io.governor.ToolAnnotations;
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

/**
 * One tool call on its way: judged, run, judged again. Belongs to the thread that runs it, and is
 * closed at its end.
 */
final class GovernedCall implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  private final CallIds ids;
  private final CallIds.@Nullable Key id;
  private final Run run;
  private final GovernedSession session;
  private final ToolExecutionRequest request;
  private final Decision before;
  private final Set<String> notes = new LinkedHashSet<>();
  private @Nullable Decision after;

  private GovernedCall(
      CallIds ids,
      CallIds.@Nullable Key id,
      Run run,
      GovernedSession session,
      ToolExecutionRequest request,
      Decision before) {
    this.ids = ids;
    this.id = id;
    this.run = run;
    this.session = session;
    this.request = request;
    this.before = before;
    notes.addAll(before.warnings());
  }

  static GovernedCall begin(
      Runs runs,
      Run run,
      ToolExecutionRequest request,
      ToolAnnotations annotations,
      CallHint hint) {
    Recorded.first(runs.governor(), request);
    GovernedSession session = run.begin(request);
    CallIds ids = runs.callIds();
    CallIds.Key id = ids.claim(session.id(), request.id());
    ToolCall call = of(request, id == null ? null : id.callId(), annotations, hint);
    return new GovernedCall(ids, id, run, session, request, session.before(call));
  }

  static ToolCall of(
      ToolExecutionRequest request,
      @Nullable String id,
      ToolAnnotations annotations,
      CallHint hint) {
    return new ToolCall(
        given(request.name()) ? request.name() : "unnamed",
        ToolArguments.ofJson(request.arguments()),
        given(id) ? id : null,
        annotations,
        hint);
  }

  /** The call is over, whatever became of it. */
  @Override
  public void close() {
    ids.giveBack(id);
    run.over();
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

  /**
   * Runs the tool; services it calls meanwhile on this thread belong to this run.
   *
   * @param tool what runs
   * @param running the same as a function
   */
  <T extends @Nullable Object> T run(Object tool, Supplier<T> running) {
    Run outer = run.enter();
    SentCall sent = SentCall.enter(before, tool);
    try {
      return running.get();
    } catch (Throwable failure) {
      failed();
      throw failure;
    } finally {
      SentCall.leave(sent);
      Run.leave(outer);
    }
  }

  /** Nothing came of the call that anybody should look at. */
  void failed() {
    session.after(before.call(), ToolResult.failure());
  }

  Decision judge(ToolResult result) {
    return judge(result, ResultHint.NONE);
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
