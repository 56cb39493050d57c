package io.governor;

import io.governor.policy.Risk.Signal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How risky a call is, as a sum. Immutable.
 *
 * @param points what each signal that is present adds
 */
public record RiskScore(Map<Signal, Integer> points) {

  public RiskScore {
    Map<Signal, Integer> copy = new EnumMap<>(Signal.class);
    copy.putAll(points);
    points = Collections.unmodifiableMap(copy);
  }

  /** The sum of the points. */
  public int total() {
    int total = 0;
    for (int each : points.values()) {
      total += each;
    }
    return total;
  }

  /** The sum as people read it: {@code 50 = execute 30 + network 20}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(total());
    points.forEach(
        (signal, each) ->
            text.append(text.indexOf("=") < 0 ? " = " : " + ")
                .append(signal.wireName())
                .append(' ')
                .append(each));
    return text.toString();
  }
}
