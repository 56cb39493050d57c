package io.governor.sync;

import java.time.Instant;

/**
 * Why a run makes no new window. Nothing is lost: what is new stays in the traces, and counts in
 * the first window after. Immutable; safe to share between threads.
 *
 * @param until the instant before which there is none
 * @param reason what it waits for
 */
public record Postponed(Instant until, Reason reason) {

  /** What a window can wait for. */
  public enum Reason {
    /** The hour or day of an aligned window is not over, or the first one's start is to come. */
    NOT_DUE,
    /** The day's budget of differential privacy is used up. */
    BUDGET_USED_UP
  }
}
