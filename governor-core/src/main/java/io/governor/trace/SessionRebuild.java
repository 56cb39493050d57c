package io.governor.trace;

import io.governor.Operation;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.GovernorMember;
import io.governor.event.GovernorMember.SessionChange;
import io.governor.event.GovernorMember.Withdrawal;
import io.governor.event.TraceEvent;
import io.governor.standard.ScopeMark;
import io.governor.standard.SensitivityTier;
import io.governor.standard.SessionState;
import io.governor.trace.SessionSnapshot.ProfileBinding;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a trace what its session had come to, in one pass over the session's own lines
 * (execution record, section 10.3). Not safe for use by several threads.
 */
final class SessionRebuild implements TraceVisitor<TraceEvent> {

  private static final String POL_001 = "POL-001";
  private static final String PAUSED = "GOV-005";

  private final String sessionId;
  private final List<ChainHead> recorded;
  private long sequence;
  private @Nullable String lastEventId;
  private SessionState state = SessionState.START;
  private @Nullable ProfileBinding profile;
  private ChainHead head = ChainHead.START;
  private long lastLineOffset;
  private final Set<String> tokenTurns = new LinkedHashSet<>();
  private final Set<String> blockedCalls = new LinkedHashSet<>();
  private final Map<String, Withdrawal> withdrawn = new LinkedHashMap<>();
  private boolean paused;

  /**
   * @param recorded heads that the file's chain is known to have reached
   */
  SessionRebuild(String sessionId, List<ChainHead> recorded) {
    this.sessionId = sessionId;
    this.recorded = recorded;
  }

  @Override
  public boolean visit(TraceEvent event, Position at) {
    add(event, at.byteOffset());
    return true;
  }

  private void add(TraceEvent event, long offset) {
    for (ChainHead known : recorded) {
      // Lines are missing here, and the one at hand was written by someone who knew that.
      head = known.lines() > head.lines() && known.isBefore(event) ? known : head;
    }
    head = head.after(event);
    if (!event.sessionId().equals(sessionId)) {
      return;
    }
    sequence = Math.max(sequence + 1, event.sequence());
    lastEventId = event.eventId();
    lastLineOffset = offset;
    standing(event);
    if (event.payload() instanceof AgentRegistered registered) {
      profile = binding(registered, event.profileFingerprint());
    } else if (event.payload() instanceof IntentDeclared intent) {
      state =
          state.declared(
              new SessionState.Baseline(
                  intent.statedObjective(), intent.intentSource(), intent.sessionScopeHint()));
    } else if (event.payload() instanceof ScopeAsserted scope) {
      scope(event, scope);
    } else if (event.payload() instanceof ContextSnapshot snapshot) {
      snapshot(snapshot);
    }
  }

  private void standing(TraceEvent event) {
    GovernorMember governor = event.governor();
    if (governor != null) {
      SessionChange change = governor.change();
      change.withdrew().forEach(each -> withdrawn.putIfAbsent(each.tool(), each));
      paused &= !change.released();
      paused |= change.paused();
    }
    paused |= event.violations().contains(PAUSED);
  }

  private static ProfileBinding binding(AgentRegistered registered, @Nullable String fingerprint) {
    String source = registered.profileResolution();
    if (source == null) {
      source = registered.profileLoaded() ? "default" : "none";
    }
    return new ProfileBinding(source, registered.profileBinding(), fingerprint);
  }

  private void scope(TraceEvent event, ScopeAsserted scope) {
    Operation operation = operation(scope.operationType());
    state =
        state.scope(
            new SessionState.LastScope(
                new ScopeMark(scope.targetSystem(), operation), event.timestamp()));
    if (operation.mutates() && event.violations().contains(POL_001)) {
      state = state.firstWrite();
    }
    GovernorMember governor = event.governor();
    if (governor != null && governor.callId() != null) {
      settled(governor.callId(), !event.passThrough());
    }
  }

  private void settled(String callId, boolean blocked) {
    blockedCalls.remove(callId);
    if (blocked) {
      blockedCalls.add(callId);
    }
  }

  private void snapshot(ContextSnapshot snapshot) {
    if (!snapshot.tellsUsageOnly()) {
      state = state.snapshot(SensitivityTier.of(snapshot.dataClassifications()));
    } else if (snapshot.usage() != null && snapshot.usage().turnId() != null) {
      tokenTurns.add(snapshot.usage().turnId());
    }
  }

  private static Operation operation(String word) {
    for (Operation operation : Operation.values()) {
      if (operation.name().equals(word)) {
        return operation;
      }
    }
    return Operation.READ;
  }

  /**
   * Where the file's chain has come to, whatever sessions its lines belong to; the furthest
   * recorded head when the file ends before it.
   */
  ChainHead head() {
    ChainHead furthest = head;
    for (ChainHead known : recorded) {
      furthest = known.lines() > furthest.lines() ? known : furthest;
    }
    return furthest;
  }

  boolean isCut() {
    return head().lines() > head.lines();
  }

  /** Where the session's last line begins; 0 when it has none. */
  long lastLineOffset() {
    return lastLineOffset;
  }

  SessionSnapshot result() {
    return new SessionSnapshot(
        sequence,
        lastEventId,
        state,
        List.copyOf(tokenTurns),
        List.copyOf(blockedCalls),
        List.of(),
        List.copyOf(withdrawn.values()),
        paused,
        profile,
        null,
        new TreeMap<>());
  }
}
