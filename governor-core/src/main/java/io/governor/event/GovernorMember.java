package io.governor.event;

import io.governor.Mode;
import io.governor.Origin;
import io.governor.RuleHit;
import io.governor.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one member an event has beyond the shared format (execution record, section 3). It never
 * holds arguments, results, prompts or matched text. Immutable. Enumerated members are text so that
 * words of later versions survive.
 *
 * @param origin the adapter the event came through
 * @param callId the key that pairs a call with its result; null outside tool calls
 * @param verdict what the rules said; null on events without a decision
 * @param enforced whether the verdict was acted on; null without a verdict
 * @param rules the rules that matched, ascending by id
 * @param detections detector and count, ascending by detector
 * @param policy the policy that decided, or null
 * @param latencyMicros microseconds spent on the decision, or null
 * @param asked what became of the question, where a person was asked; else null
 * @param change what the event changed for the rest of its session
 * @param lost events of this session that could not be written before this one, by reason
 * @param chain the link of the hash chain; null until the trace writer adds it, and in unchained
 *     traces
 */
public record GovernorMember(
    String origin,
    @Nullable String callId,
    @Nullable String verdict,
    @Nullable Boolean enforced,
    List<RuleEntry> rules,
    List<Detection> detections,
    @Nullable PolicyRef policy,
    @Nullable Long latencyMicros,
    @Nullable Asked asked,
    SessionChange change,
    SortedMap<String, Long> lost,
    @Nullable Chain chain) {

  public GovernorMember {
    rules = List.copyOf(rules);
    detections = List.copyOf(detections);
    lost =
        lost.isEmpty() ? NO_LOSS : java.util.Collections.unmodifiableSortedMap(new TreeMap<>(lost));
  }

  private static final SortedMap<String, Long> NO_LOSS =
      java.util.Collections.unmodifiableSortedMap(new TreeMap<>());

  /** The member of an event that carries no decision. */
  public static GovernorMember of(Origin origin, @Nullable String callId) {
    return new GovernorMember(
        origin.wireName(),
        callId,
        null,
        null,
        List.of(),
        List.of(),
        null,
        null,
        null,
        SessionChange.NONE,
        NO_LOSS,
        null);
  }

  /** The member of an event that carries a decision. */
  public static GovernorMember decided(
      Origin origin,
      @Nullable String callId,
      Verdict verdict,
      boolean enforced,
      List<RuleEntry> rules,
      List<Detection> detections,
      @Nullable PolicyRef policy,
      long latencyMicros) {
    return new GovernorMember(
        origin.wireName(),
        callId,
        verdict.wireName(),
        enforced,
        rules,
        detections,
        policy,
        latencyMicros,
        null,
        SessionChange.NONE,
        NO_LOSS,
        null);
  }

  /** The same member with the losses that precede the event. */
  public GovernorMember withLost(SortedMap<String, Long> newLost) {
    return new GovernorMember(
        origin,
        callId,
        verdict,
        enforced,
        rules,
        detections,
        policy,
        latencyMicros,
        asked,
        change,
        newLost,
        chain);
  }

  /** The same member with what became of the question; null when nobody was asked. */
  public GovernorMember withAsked(@Nullable Asked newAsked) {
    return newAsked == null
        ? this
        : new GovernorMember(
            origin,
            callId,
            verdict,
            enforced,
            rules,
            detections,
            policy,
            latencyMicros,
            newAsked,
            change,
            lost,
            chain);
  }

  /** The same member with what the event changes for its session. */
  public GovernorMember withChange(SessionChange newChange) {
    return newChange.equals(change)
        ? this
        : new GovernorMember(
            origin,
            callId,
            verdict,
            enforced,
            rules,
            detections,
            policy,
            latencyMicros,
            asked,
            newChange,
            lost,
            chain);
  }

  /**
   * What an event changed for the rest of its session. Immutable.
   *
   * @param withdrew tools that are withdrawn from here on
   * @param wouldWithdraw tools that a rule which is not enforced would have withdrawn
   * @param paused whether a rule paused the session here
   * @param wouldPause whether a rule which is not enforced would have paused it
   * @param released whether the session was paused when the event before this was recorded, and has
   *     been released
   */
  public record SessionChange(
      List<Withdrawal> withdrew,
      List<Withdrawal> wouldWithdraw,
      boolean paused,
      boolean wouldPause,
      boolean released) {

    /** Nothing changed. */
    public static final SessionChange NONE =
        new SessionChange(List.of(), List.of(), false, false, false);

    public SessionChange {
      withdrew = List.copyOf(withdrew);
      wouldWithdraw = List.copyOf(wouldWithdraw);
    }

    // Written out for the sake of cold starts; see RuleId.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof SessionChange change
          && paused == change.paused
          && wouldPause == change.wouldPause
          && released == change.released
          && withdrew.equals(change.withdrew)
          && wouldWithdraw.equals(change.wouldWithdraw);
    }

    @Override
    public int hashCode() {
      return Objects.hash(withdrew, wouldWithdraw, paused, wouldPause, released);
    }

    /** The same change of a session that was released before it. */
    public SessionChange afterRelease() {
      return new SessionChange(withdrew, wouldWithdraw, paused, wouldPause, true);
    }
  }

  /**
   * A tool that is withdrawn from a session.
   *
   * @param tool its name, or a glob over names, as the rule has it
   * @param rule the id of the rule that withdrew it
   */
  public record Withdrawal(String tool, String rule) {}

  /**
   * A rule that matched.
   *
   * @param id the rule's id
   * @param effect one of the verdicts
   * @param mode {@code observe}, {@code warn} or {@code enforce}
   */
  public record RuleEntry(String id, String effect, String mode) {
    public static RuleEntry of(RuleHit hit) {
      Mode mode = hit.mode();
      return new RuleEntry(hit.id().value(), hit.effect().wireName(), mode.wireName());
    }
  }

  /**
   * What became of a question that a person was asked.
   *
   * @param by through what the answer came, such as {@code approver} or {@code client}; null when
   *     there was none in time
   * @param allowed whether the answer was yes
   */
  public record Asked(@Nullable String by, boolean allowed) {}

  /**
   * How often a detector found something.
   *
   * @param detector the detector's name
   * @param count at least 1
   */
  public record Detection(String detector, long count) {}

  /**
   * The policy a decision was taken under.
   *
   * @param id the policy's id
   * @param revision its revision
   * @param hash SHA-256 of the policy, 64 hex digits
   */
  public record PolicyRef(String id, long revision, String hash) {}

  /**
   * A link of the hash chain.
   *
   * @param prev the hash of the line before, 64 hex digits; zeros for the first
   * @param hash the hash of this line, 64 hex digits
   */
  public record Chain(String prev, String hash) {}
}
