package io.governor;

import io.governor.event.EventPayload;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.GovernorMember;
import io.governor.event.OperationClassification;
import io.governor.standard.Findings;
import io.governor.standard.ScopeMark;
import io.governor.standard.SensitivityTier;
import io.governor.standard.SessionState;
import io.governor.standard.StandardRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The recording operations of a session, one per type of event: each asks the standard rules, puts
 * the event on record and moves the session's state on. State describes the agent and not the file,
 * so it moves even when the event could not be written; the one exception is whether the first
 * write is on record (execution record, section 6.1).
 *
 * <p>All methods are called inside {@link SessionRecorder#exclusively}.
 */
final class SessionOperations {

  private final SessionRecorder recorder;

  SessionOperations(SessionRecorder recorder) {
    this.recorder = recorder;
  }

  /** How an event of a call is to be recorded once the call is decided. */
  record Recording(List<String> ownRules, boolean passThrough, GovernorMember member) {
    static Recording plain(GovernorMember member) {
      return new Recording(List.of(), true, member);
    }
  }

  boolean register(AgentRegistered event, Recording recording) {
    return write(event, StandardRules.registration(event), recording);
  }

  boolean declare(IntentDeclared event, Recording recording) {
    boolean written = write(event, StandardRules.intent(event), recording);
    SessionState.Baseline baseline =
        new SessionState.Baseline(
            event.statedObjective(), event.intentSource(), event.sessionScopeHint());
    recorder.advance(recorder.state().declared(baseline));
    return written;
  }

  Findings judgeScope(
      String toolId, ScopeMark mark, @Nullable OperationClassification classification) {
    return StandardRules.scope(
        recorder.state(),
        recorder.profile().profile(),
        toolId,
        mark,
        classification,
        recorder.sinceLastScope());
  }

  boolean assertScope(ScopeAsserted event, ScopeMark mark, Findings findings, Recording recording) {
    boolean written = write(event, findings, recording);
    recorder.scopeAsserted(mark, written);
    if (written && mark.operation().mutates() && !findings.violations().isEmpty()) {
      recorder.advance(recorder.state().firstWrite());
    }
    return written;
  }

  Findings judgeSnapshot(ContextSnapshot event, boolean authorized) {
    return StandardRules.snapshot(recorder.state(), event, authorized);
  }

  boolean snapshot(ContextSnapshot event, Findings findings, Recording recording) {
    boolean written = write(event, findings, recording);
    recorder.advance(recorder.state().snapshot(SensitivityTier.of(event.dataClassifications())));
    return written;
  }

  /**
   * The usage of a turn, or what was told of a failure: judged by no standard rule and no part of
   * the session's state.
   */
  boolean unjudged(ContextSnapshot event, Recording recording) {
    return told(event, Findings.NONE, recording);
  }

  /** The same with a remark of ours. */
  boolean told(ContextSnapshot event, Findings findings, Recording recording) {
    return write(event, findings, recording);
  }

  boolean memoryWrite(MemoryWriteAttempt event, Findings findings, Recording recording) {
    return write(event, findings, recording);
  }

  private boolean write(EventPayload event, Findings findings, Recording recording) {
    return recorder.write(
        event, findings, recording.ownRules(), recording.passThrough(), recording.member());
  }
}
