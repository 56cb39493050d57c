package io.governor.trace;

import io.governor.event.GovernorMember.Withdrawal;
import io.governor.standard.SessionState;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything a session needs to go on where it stopped, in this process or another. Immutable.
 *
 * @param sequence the number of the last event on record; 0 before the first
 * @param lastEventId the id of that event, or null before the first
 * @param state what the standard rules remember
 * @param tokenTurns model turns whose usage is on record
 * @param blockedCalls ids of calls that were kept from running, the latest last
 * @param pendingCalls calls without an id of the host's whose results are awaited, the latest last
 * @param withdrawn tools that are withdrawn from the session, with the rules that withdrew them
 * @param paused whether the last word on record about a pause is that the session is paused
 * @param profile the profile that governs the session, or null before registration
 * @param workspace the folder the session was first seen in, or null when nobody keeps it
 * @param lost events that could not be recorded and were not told yet, by reason
 */
public record SessionSnapshot(
    long sequence,
    @Nullable String lastEventId,
    SessionState state,
    List<String> tokenTurns,
    List<String> blockedCalls,
    List<PendingCall> pendingCalls,
    List<Withdrawal> withdrawn,
    boolean paused,
    @Nullable ProfileBinding profile,
    @Nullable String workspace,
    SortedMap<String, Long> lost) {

  /** A session in which nothing has happened. */
  public static final SessionSnapshot START =
      new SessionSnapshot(
          0,
          null,
          SessionState.START,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          false,
          null,
          null,
          new TreeMap<>());

  public SessionSnapshot {
    tokenTurns = List.copyOf(tokenTurns);
    blockedCalls = List.copyOf(blockedCalls);
    pendingCalls = List.copyOf(pendingCalls);
    withdrawn = List.copyOf(withdrawn);
    lost = Collections.unmodifiableSortedMap(new TreeMap<>(lost));
  }

  // Written out for the sake of cold starts; see RuleId.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionSnapshot snapshot
        && sequence == snapshot.sequence
        && paused == snapshot.paused
        && Objects.equals(lastEventId, snapshot.lastEventId)
        && state.equals(snapshot.state)
        && tokenTurns.equals(snapshot.tokenTurns)
        && blockedCalls.equals(snapshot.blockedCalls)
        && pendingCalls.equals(snapshot.pendingCalls)
        && withdrawn.equals(snapshot.withdrawn)
        && Objects.equals(profile, snapshot.profile)
        && Objects.equals(workspace, snapshot.workspace)
        && lost.equals(snapshot.lost);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(sequence) + Objects.hashCode(lastEventId);
  }

  SessionSnapshot withLost(SortedMap<String, Long> newLost) {
    return new SessionSnapshot(
        sequence,
        lastEventId,
        state,
        tokenTurns,
        blockedCalls,
        pendingCalls,
        withdrawn,
        paused,
        profile,
        workspace,
        newLost);
  }

  /**
   * A call whose result is awaited, of a host that gives calls no id.
   *
   * @param id the id we gave it
   * @param tool its tool
   * @param input a short digest of what it was called with, to tell it from others
   */
  public record PendingCall(String id, String tool, String input) {}

  /**
   * Which profile governs a session.
   *
   * @param source {@code bound}, {@code degraded}, {@code default}, {@code none}, or after a loss
   *     {@code rematerialized} or {@code reresolve}
   * @param pattern the binding that matched, or null
   * @param contentHash the hash of the profile's canonical text, or null without a profile
   */
  public record ProfileBinding(
      String source, @Nullable String pattern, @Nullable String contentHash) {
    // Written out for the sake of cold starts; see RuleId.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ProfileBinding binding
          && source.equals(binding.source)
          && Objects.equals(pattern, binding.pattern)
          && Objects.equals(contentHash, binding.contentHash);
    }

    @Override
    public int hashCode() {
      return Objects.hash(source, pattern, contentHash);
    }
  }
}
