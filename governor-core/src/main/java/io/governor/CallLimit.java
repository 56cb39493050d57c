package io.governor;

import java.time.Duration;

/**
 * How many calls a rule lets through before it matches: the rule's verdict holds for the calls
 * beyond the limit, within a window that slides. Immutable.
 *
 * @param calls how many calls are let through, 1 to {@value #MOST_CALLS}
 * @param within the length of the window, 1 second to 31 days
 * @param per whose calls are counted together
 */
public record CallLimit(int calls, Duration within, Scope per) {

  /** The most calls a limit may let through: each is remembered for as long as the window lasts. */
  public static final int MOST_CALLS = 100_000;

  /**
   * Times of calls that a process remembers for all limits together, 8 bytes each; beyond that the
   * windows that were used least recently are forgotten.
   */
  public static final int MOST_REMEMBERED = 1_000_000;

  /**
   * Windows that a process keeps, or processes that share limits keep as files, whatever they hold;
   * forgotten likewise.
   */
  public static final int MOST_WINDOWS = 50_000;

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  /** Whose calls are counted together. */
  public enum Scope {
    SESSION,
    AGENT,
    INSTALLATION
  }

  /**
   * @throws IllegalArgumentException if a bound is passed
   */
  public CallLimit {
    if (calls < 1 || calls > MOST_CALLS) {
      throw new IllegalArgumentException("limit: calls: expected 1 to " + MOST_CALLS);
    }
    if (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("limit: within: expected 1 second to 31 days");
    }
  }

  /**
   * The most that one window takes in a file, in bytes, where processes share limits; while the
   * file is replaced, once in as many calls as fill the window, twice that.
   */
  public long bytesOnDisk() {
    return WindowFile.mostBytes(calls);
  }

  /** The most memory that one window takes for its times, in bytes. */
  public long bytesPerWindow() {
    return (long) calls * Long.BYTES;
  }
}
