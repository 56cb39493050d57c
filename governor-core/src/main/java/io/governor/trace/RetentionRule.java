package io.governor.trace;

import io.governor.trace.PruneReport.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which traces are to go, as of one instant. Immutable.
 *
 * @param now the instant
 * @param retention how long a trace is kept after it was written to last
 * @param mostBytes how many bytes all traces together may have
 */
record RetentionRule(Instant now, Duration retention, long mostBytes) {

  private static final Duration LIVELY = Duration.ofHours(1);

  static RetentionRule of(TraceConfig config, Instant now) {
    return new RetentionRule(now, config.retention(), config.mostBytes());
  }

  boolean hasCap() {
    return mostBytes < Long.MAX_VALUE;
  }

  /**
   * Why a trace is to go, or null when it is not.
   *
   * @param last when it was written to last
   * @param bytes how many bytes all traces have that are there
   */
  @Nullable Reason reason(Instant last, long bytes) {
    if (!last.isAfter(now.minus(retention))) {
      return Reason.AGE;
    }
    return bytes > mostBytes ? Reason.SIZE : null;
  }

  /** Whether a trace that was written to at that time must be taken for one in use. */
  boolean isLively(Instant last) {
    return last.isAfter(now.minus(LIVELY));
  }
}
