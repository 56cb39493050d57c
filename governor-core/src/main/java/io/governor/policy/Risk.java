package io.governor.policy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what makes a call risky: the sum of the weights of the signals that are present, so that
 * one signal more never lowers it. Immutable.
 *
 * @param warnAt the score from which GOV-003 warns, 1 to {@value #MOST}; null for never
 * @param denyAt the score from which GOV-003 denies, 1 to {@value #MOST}; null for never
 * @param weights points for a signal, 0 to {@value #MOST}; a signal without one adds nothing
 */
public record Risk(
    @Nullable Integer warnAt, @Nullable Integer denyAt, Map<Signal, Integer> weights) {

  /** The highest threshold and weight. */
  public static final int MOST = 1000;

  /** What can add to the score of a call. */
  public enum Signal {
    /** The call executes something. */
    EXECUTE,
    /** The call changes or deletes something. */
    WRITE,
    /** The call's command loses data or work in a way that is hard to undo. */
    DESTRUCTIVE,
    /** The call names a host: a URL among its arguments, or a command that uses the network. */
    NETWORK,
    /** A detector found something in the arguments. */
    DETECTION,
    /** A path argument, or a path in the command, lies outside the session's workspace. */
    OUTSIDE_ROOT,
    /** The session has made more than 20 calls within the last 10 seconds. */
    BURST;

    /** The word used in policies. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Risk {
    check("warn_at", warnAt, 1);
    check("deny_at", denyAt, 1);
    Map<Signal, Integer> copy = new EnumMap<>(Signal.class);
    copy.putAll(weights);
    copy.forEach((signal, weight) -> check("weights: " + signal.wireName(), weight, 0));
    weights = Collections.unmodifiableMap(copy);
    if (weights.isEmpty() || (warnAt == null && denyAt == null)) {
      throw new IllegalArgumentException("risk: expected weights, and warn_at or deny_at or both");
    }
  }

  private static void check(String what, @Nullable Integer value, int least) {
    if (value != null && (value < least || value > MOST)) {
      throw new IllegalArgumentException(
          "risk: " + what + ": expected " + least + " to " + MOST + ", got " + value);
    }
  }
}
