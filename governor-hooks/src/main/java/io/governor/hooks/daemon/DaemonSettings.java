package io.governor.hooks.daemon;

import java.time.Duration;

/**
 * What an operator may change about the daemon. Immutable.
 *
 * @param idle how long it waits for a payload before it ends, a second to 31 days
 * @param http whether it also listens on loopback for agents that speak HTTP
 */
public record DaemonSettings(Duration idle, boolean http) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  /** Half an hour, and no HTTP. */
  public static final DaemonSettings DEFAULT = new DaemonSettings(Duration.ofMinutes(30), false);

  public DaemonSettings {
    if (idle.compareTo(SHORTEST) < 0 || idle.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "hooks.daemon.idle: expected " + SHORTEST + " to " + LONGEST + ", got " + idle);
    }
  }
}
