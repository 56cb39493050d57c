package io.governor;

import io.governor.event.GovernorMember.PolicyRef;
import io.governor.pause.PausedSession;
import io.governor.trace.TraceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the sessions of one governor share. Its parts are safe for use by several threads. */
record GovernorRuntime(
    InstantSource clock,
    LongSupplier nanoTime,
    Supplier<String> ids,
    TraceStore store,
    List<AdditionalSink> sinks,
    Health health,
    SessionProfile.Source profiles,
    ResultHints hints,
    RuleSource rules,
    CallCounters counters,
    Pauses pauses,
    @Nullable ApprovalDesk approvals,
    SessionFolders folders,
    Duration idleTimeout) {

  /** A person pauses a session. */
  void pause(String sessionId) {
    PolicyRef policy = rules.inForce().policy();
    Long revision = policy == null ? null : (Long) policy.revision();
    pauses.pause(sessionId, PausedSession.OPERATOR, revision);
  }
}
