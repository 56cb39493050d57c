package io.governor.standard;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the standard rules remember of a session (execution record, section 6.1). Immutable; each
 * event gives a new one.
 *
 * @param baseline the intent later calls are compared with, or null when none was declared
 * @param tier the sensitivity of the last evaluated snapshot
 * @param firstWriteRecorded whether POL-001 is on record for a mutating call
 * @param lastScope the last tool call, or null before the first
 */
public record SessionState(
    @Nullable Baseline baseline,
    SensitivityTier tier,
    boolean firstWriteRecorded,
    @Nullable LastScope lastScope) {

  /** A session in which nothing has happened. */
  public static final SessionState START =
      new SessionState(null, SensitivityTier.NO_SNAPSHOT, false, null);

  // Written out for the sake of cold starts; see RuleId.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SessionState state
        && tier == state.tier
        && firstWriteRecorded == state.firstWriteRecorded
        && Objects.equals(baseline, state.baseline)
        && Objects.equals(lastScope, state.lastScope);
  }

  @Override
  public int hashCode() {
    return Objects.hash(baseline, tier, firstWriteRecorded, lastScope);
  }

  /**
   * A declared intent.
   *
   * @param objective the objective, or null
   * @param source the member {@code intent_source}
   * @param scopeHint the systems it names
   */
  public record Baseline(@Nullable String objective, String source, List<String> scopeHint) {
    public Baseline {
      scopeHint = List.copyOf(scopeHint);
    }
  }

  /**
   * The last tool call.
   *
   * @param mark what task boundaries compare
   * @param at when it was recorded; null when the trace does not tell
   */
  public record LastScope(ScopeMark mark, @Nullable Instant at) {}

  /**
   * The state after an intent was declared: the first declaration is the baseline; one of source
   * {@code none} is replaced by the first of another source, any other never.
   */
  public SessionState declared(Baseline declaration) {
    boolean replace = baseline == null || (isNone(baseline) && !isNone(declaration));
    return replace ? new SessionState(declaration, tier, firstWriteRecorded, lastScope) : this;
  }

  private static boolean isNone(Baseline baseline) {
    return "none".equals(baseline.source());
  }

  public SessionState snapshot(SensitivityTier newTier) {
    return new SessionState(baseline, newTier, firstWriteRecorded, lastScope);
  }

  public SessionState scope(LastScope newScope) {
    return new SessionState(baseline, tier, firstWriteRecorded, newScope);
  }

  /** The trace is gone, and with it the record of the first write. */
  public SessionState offRecord() {
    return firstWriteRecorded ? new SessionState(baseline, tier, false, lastScope) : this;
  }

  public SessionState firstWrite() {
    return firstWriteRecorded ? this : new SessionState(baseline, tier, true, lastScope);
  }
}
