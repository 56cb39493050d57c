package io.governor;

import io.governor.event.EventPayload;
import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import io.governor.standard.Findings;
import io.governor.standard.ScopeMark;
import io.governor.standard.SessionState;
import io.governor.trace.SessionSnapshot;
import io.governor.trace.SessionSnapshot.PendingCall;
import io.governor.trace.SessionTrace;
import io.governor.trace.TraceStore.Sharing;
import io.governor.trace.TraceVanishedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a session's events on record. Sequence number and predecessor are taken under one lock with
 * the write and kept only when it succeeds, so a failing trace leaves neither gaps nor dangling
 * links; what could not be written is counted and told on the next event that can (execution
 * record, section 2.1).
 *
 * <p>All methods but {@link #exclusively} and {@link #close} are called inside {@link
 * #exclusively}.
 */
final class SessionRecorder {

  private static final int BLOCKED_LIMIT = 1024;

  private final SessionIdentity identity;
  private final GovernorRuntime runtime;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable SessionTrace trace;
  private @Nullable IOException unavailable;
  private boolean closed;
  private long sequence;
  private @Nullable String lastEventId;
  private SessionState state = SessionState.START;
  private @Nullable SessionProfile profile;
  private @Nullable String workspace;
  private long lastScopeNanos;
  private boolean lastScopeIsOurs;
  private final Losses losses = new Losses();
  private final Set<String> tokenTurns = new LinkedHashSet<>();
  private final Set<String> blockedCalls = new LinkedHashSet<>();
  private final PendingCalls pendingCalls = new PendingCalls();
  private final SessionStanding standing;
  private boolean started;
  private @Nullable Instant lastWritten;

  SessionRecorder(SessionIdentity identity, GovernorRuntime runtime) {
    this.identity = identity;
    this.runtime = runtime;
    this.workspace =
        identity.keepsWorkspace() && identity.workspace() != null
            ? identity.workspace().toString()
            : null;
    this.standing = new SessionStanding(identity.sessionId(), runtime.pauses());
  }

  /** What holds for the session beyond its calls; any thread may ask it. */
  SessionStanding standing() {
    return standing;
  }

  /**
   * Runs the work while no other thread, and with a shared trace no other process, uses the
   * session.
   */
  <T> T exclusively(Supplier<T> work) {
    lock.lock();
    try {
      standing.begin();
      boolean begun = begin();
      standing.loaded();
      try {
        return work.get();
      } finally {
        if (begun) {
          end();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean begin() {
    unavailable = null;
    if (closed) {
      unavailable = new Failures.SessionClosedException();
      return false;
    }
    try {
      if (trace == null) {
        trace = runtime.store().open(identity.surface(), identity.sessionId(), identity.sharing());
      }
      SessionSnapshot found = beginUse(trace);
      if (found != null) {
        adopt(found);
      }
      return true;
    } catch (IOException e) {
      unavailable = e;
    } catch (RuntimeException e) {
      unavailable = new IOException("the trace cannot be opened", e);
    }
    return false;
  }

  private @Nullable SessionSnapshot beginUse(SessionTrace open) throws IOException {
    try {
      return open.begin();
    } catch (TraceVanishedException e) {
      vanished(e);
      return open.begin();
    }
  }

  private void vanished(TraceVanishedException e) {
    String reason = Failures.reason(e);
    losses.add(reason, e.events());
    runtime.health().traceVanished(reason, e.events());
    startAnew();
  }

  /**
   * Nothing of the session is on record any more: its next event is a first one again and links to
   * nothing. What describes the agent stays.
   */
  private void startAnew() {
    sequence = 0;
    lastEventId = null;
    started = false;
    state = state.offRecord();
    tokenTurns.clear();
  }

  /**
   * The trace and its state are the truth for sessions that others share; for our own they can only
   * be behind what we know, or gone.
   */
  private void adopt(SessionSnapshot found) {
    boolean unchanged =
        found.sequence() == sequence && Objects.equals(found.lastEventId(), lastEventId);
    boolean known = standing.isKnown() && identity.sharing() != Sharing.SHARED;
    if (known && (unchanged || found.sequence() < sequence)) {
      if (!unchanged && found.sequence() == 0) {
        startAnew();
      }
      return;
    }
    sequence = found.sequence();
    lastEventId = found.lastEventId();
    state = found.state();
    lastScopeIsOurs &= unchanged;
    tokenTurns.clear();
    tokenTurns.addAll(found.tokenTurns());
    blockedCalls.clear();
    blockedCalls.addAll(found.blockedCalls());
    pendingCalls.adopt(found.pendingCalls());
    standing.adopt(found);
    losses.inherit(found.lost());
    started = sequence > 0;
    profile = adopted(found.profile());
    workspace = found.workspace() == null ? workspace : found.workspace();
  }

  private @Nullable SessionProfile adopted(SessionSnapshot.@Nullable ProfileBinding binding) {
    if (binding == null) {
      return null;
    }
    return profile != null && profile.binding().equals(binding)
        ? profile
        : runtime.profiles().restore(identity.agent().id(), identity.surface(), binding);
  }

  private void end() {
    try {
      if (Objects.requireNonNull(trace).end(() -> snapshot(losses.untold()))) {
        losses.clear();
      }
    } catch (TraceVanishedException e) {
      losses.inherit(Collections.emptySortedMap());
      vanished(e);
    } catch (IOException | RuntimeException e) {
      // The state is a cache; the trace has the events. The next use rebuilds it.
      losses.inherit(Collections.emptySortedMap());
    }
  }

  private SessionSnapshot snapshot(SortedMap<String, Long> lost) {
    return new SessionSnapshot(
        sequence,
        lastEventId,
        state,
        List.copyOf(tokenTurns),
        List.copyOf(blockedCalls),
        pendingCalls.all(),
        standing.withdrawn().all(),
        standing.pausedOnRecord(),
        profile == null ? null : profile.binding(),
        workspace,
        lost);
  }

  /** The folder the session works in, or null when that is not known. */
  @Nullable Path workspace() {
    return identity.keepsWorkspace() && workspace != null
        ? Path.of(workspace)
        : identity.workspace();
  }

  /** Whether any event of the session is on record. */
  boolean isOnRecord() {
    return sequence > 0;
  }

  boolean isStarted() {
    return started;
  }

  void markStarted() {
    started = true;
  }

  SessionState state() {
    return state;
  }

  void advance(SessionState newState) {
    state = newState;
  }

  /** The session's profile, settled at the first use. */
  SessionProfile profile() {
    SessionProfile current = profile;
    if (current == null) {
      current = runtime.profiles().resolve(identity.agent().id());
      profile = current;
      for (String field : current.profile().ignoredFields()) {
        runtime.health().profileFieldIgnored(field);
      }
      if (identity.sharing() == Sharing.SHARED) {
        runtime.profiles().keep(identity.surface(), current);
      }
    }
    return current;
  }

  /**
   * The time since the last tool call: monotonic within a process, by stamps across processes,
   * never negative.
   */
  Duration sinceLastScope() {
    if (lastScopeIsOurs) {
      return Duration.ofNanos(Math.max(0, runtime.nanoTime().getAsLong() - lastScopeNanos));
    }
    SessionState.LastScope last = state.lastScope();
    if (last == null || last.at() == null) {
      return Duration.ZERO;
    }
    Duration gap = Duration.between(last.at(), stamp(runtime.clock().instant()));
    return gap.isNegative() ? Duration.ZERO : gap;
  }

  /**
   * Remembers a tool call.
   *
   * @param written whether its event is the last one on record
   */
  void scopeAsserted(ScopeMark mark, boolean written) {
    lastScopeNanos = runtime.nanoTime().getAsLong();
    lastScopeIsOurs = true;
    Instant at = written && lastWritten != null ? lastWritten : runtime.clock().instant();
    state = state.scope(new SessionState.LastScope(mark, stamp(at)));
  }

  /** An instant as a trace has it, so that it does not matter where it is read from. */
  private static Instant stamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  boolean isRecordedTurn(String turnId) {
    return tokenTurns.contains(turnId);
  }

  void turnRecorded(String turnId) {
    tokenTurns.add(turnId);
  }

  /** Remembers whether a call was kept from running; hosts may use an id again. */
  void settled(String callId, boolean blocked) {
    blockedCalls.remove(callId);
    if (blocked) {
      blockedCalls.add(callId);
    }
    if (blockedCalls.size() > BLOCKED_LIMIT) {
      blockedCalls.remove(blockedCalls.iterator().next());
    }
  }

  boolean wasBlocked(String callId) {
    return blockedCalls.contains(callId);
  }

  /** Remembers a call that its result will not name. */
  void awaits(String callId, String tool, ToolArguments arguments) {
    pendingCalls.add(new PendingCall(callId, tool, input(arguments)));
  }

  /** The id of the call that such a result belongs to, or null when there is none. */
  @Nullable String awaited(String tool, ToolArguments arguments) {
    return pendingCalls.take(tool, input(arguments), this::wasBlocked);
  }

  private String input(ToolArguments arguments) {
    return PendingCalls.digest(identity.sessionId(), arguments);
  }

  /** Puts one event on record; false when it could not be, which is counted. */
  boolean write(
      EventPayload payload,
      Findings findings,
      List<String> ownRules,
      boolean passThrough,
      GovernorMember member) {
    if (unavailable != null) {
      String reason = Failures.reason(unavailable);
      if (closed) {
        runtime.health().lateCall(reason);
        return false;
      }
      losses.add(reason);
      runtime.health().traceUnavailable(reason);
      return false;
    }
    try {
      TraceEvent event = event(payload, findings, ownRules, passThrough, member);
      Objects.requireNonNull(trace).append(event);
      sequence++;
      lastEventId = event.eventId();
      lastWritten = event.timestamp();
      losses.clear();
      standing.recorded(event);
      runtime.health().traceWritten();
      runtime.sinks().forEach(sink -> sink.accept(event));
      return true;
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      String reason = Failures.reason(failure);
      losses.add(reason);
      runtime.health().traceLost(reason);
      return false;
    }
  }

  private TraceEvent event(
      EventPayload payload,
      Findings findings,
      List<String> ownRules,
      boolean passThrough,
      GovernorMember member) {
    return new TraceEvent(
        runtime.ids().get(),
        identity.sessionId(),
        sequence + 1,
        lastEventId,
        identity.agent().id(),
        identity.agent().deploymentMode().wireName(),
        runtime.clock().instant(),
        payload,
        findings.flags(),
        violations(findings, ownRules),
        findings.consequence(),
        passThrough,
        profile().fingerprint(),
        told(member));
  }

  private GovernorMember told(GovernorMember member) {
    GovernorMember told = member.withChange(standing.told(member.change()));
    return losses.isEmpty() ? told : told.withLost(losses.untold());
  }

  private static List<String> violations(Findings findings, List<String> ownRules) {
    if (findings.violations().isEmpty()) {
      return ownRules;
    }
    List<String> ids = new ArrayList<>(findings.violations().size() + ownRules.size());
    findings.violations().forEach(id -> ids.add(id.value()));
    ids.addAll(ownRules);
    return ids;
  }

  /**
   * Frees what the session holds. Idempotent.
   *
   * @param forGood whether nothing more is to be recorded here
   * @param ended whether the session itself is over, for everyone who shares it
   */
  void close(boolean forGood, boolean ended) {
    lock.lock();
    try {
      closed |= forGood;
      SessionTrace open = trace;
      trace = null;
      if (open != null) {
        close(open, ended);
      }
      if (forGood) {
        runtime.health().leftUntold(losses.untold());
        losses.clear();
      }
    } finally {
      lock.unlock();
    }
  }

  private void close(SessionTrace open, boolean ended) {
    try {
      open.close(ended, () -> snapshot(Collections.emptySortedMap()));
    } catch (TraceVanishedException e) {
      vanished(e);
    } catch (IOException | RuntimeException e) {
      runtime.health().closingFailed(e);
    }
    runtime.sinks().forEach(sink -> sink.sessionClosed(identity.sessionId()));
    runtime.health().sessionClosed();
  }
}
