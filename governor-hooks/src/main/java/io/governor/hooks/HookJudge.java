package io.governor.hooks;

import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.event.EventPayload.ContextSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Puts what an agent tells on record and says what to answer (execution record, sections 9.2 and
 * 9.5). No state; safe for use by several threads.
 */
final class HookJudge {

  private HookJudge() {}

  /**
   * What came of a payload.
   *
   * @param problem what could not be read of it, or null; the rest is on record
   */
  record Judgement(HookAnswer answer, @Nullable HookProblem problem) {
    private static final Judgement SILENCE = of(HookAnswer.SILENCE);

    static Judgement of(HookAnswer answer) {
      return new Judgement(answer, null);
    }
  }

  /** Judges and records a payload in its session. */
  static Judgement judge(GovernedSession session, HookEvent event) {
    if (event instanceof HookEvent.BeforeTool before) {
      return Judgement.of(about(session.before(before.call()), before.call()));
    } else if (event instanceof HookEvent.AfterTool after) {
      return Judgement.of(about(session.after(after.call(), after.result()), after.result()));
    } else if (event instanceof HookEvent.AskedPermission asked) {
      session.start();
      Decision decision = session.consider(asked.call());
      return Judgement.of(
          decision.refused() ? new HookAnswer.Refuse(decision.message()) : HookAnswer.SILENCE);
    } else if (event instanceof HookEvent.SessionEnd end) {
      return end(session, end.turns().read());
    } else if (event instanceof HookEvent.ModelTurn turn) {
      session.recordTurn(turn.usage(), ContextSnapshot.MODEL_HOOK);
      return Judgement.SILENCE;
    }
    session.start();
    return event instanceof HookEvent.Unreadable unreadable
        ? new Judgement(HookAnswer.SILENCE, HookProblem.payload(unreadable.problem()))
        : Judgement.SILENCE;
  }

  private static HookAnswer about(Decision decision, ToolCall call) {
    return switch (decision.action()) {
      case REFUSE -> new HookAnswer.Refuse(decision.message());
      case ASK -> new HookAnswer.Ask(decision.message(), changed(decision.arguments(), call));
      case REWRITE -> new HookAnswer.Rewrite(decision.arguments(), warnings(decision));
      case PROCEED -> HookAnswer.telling(warnings(decision));
    };
  }

  private static @Nullable ToolArguments changed(ToolArguments arguments, ToolCall call) {
    return arguments == call.arguments() ? null : arguments;
  }

  private static HookAnswer about(Decision decision, ToolResult result) {
    ToolResult judged = decision.result();
    return switch (decision.action()) {
      case REFUSE ->
          new HookAnswer.ReplaceResult(
              WithheldResult.of(result.value(), decision.message()), warnings(decision));
      case REWRITE ->
          new HookAnswer.ReplaceResult(judged == null ? null : judged.value(), warnings(decision));
      case ASK, PROCEED -> HookAnswer.telling(warnings(decision));
    };
  }

  private static String warnings(Decision decision) {
    return String.join("\n", decision.warnings());
  }

  private static Judgement end(GovernedSession session, TurnSource.Turns turns) {
    if (turns.beginRecord()) {
      session.start();
    }
    if (turns.beginRecord() || session.isOnRecord()) {
      session.recordTurns(turns.usages(), ContextSnapshot.TRANSCRIPT);
    }
    return new Judgement(
        HookAnswer.SILENCE,
        turns.problem() == null ? null : HookProblem.transcript(turns.problem()));
  }
}
