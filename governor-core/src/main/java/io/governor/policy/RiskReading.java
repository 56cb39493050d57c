package io.governor.policy;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code risk}. Stateless. */
final class RiskReading {

  private static final Map<String, Risk.Signal> SIGNALS =
      KnownNames.lowerCase(Risk.Signal.values());

  @Nullable Risk risk(Located value) {
    Fields fields = value.fields(Section.RISK);
    if (fields == null) {
      return null;
    }
    Integer warnAt = fields.read("warn_at", each -> points(each, 1));
    Integer denyAt = fields.read("deny_at", each -> points(each, 1));
    Map<Risk.Signal, Integer> weights = weights(fields);
    if (!fields.has("warn_at") && !fields.has("deny_at")) {
      value.refuse("expected warn_at or deny_at or both");
    }
    if ((warnAt == null && denyAt == null) || weights.isEmpty()) {
      return null;
    }
    Risk risk = new Risk(warnAt, denyAt, weights);
    warn(risk, fields);
    return risk;
  }

  private static Map<Risk.Signal, Integer> weights(Fields fields) {
    Map<Risk.Signal, Integer> weights = new EnumMap<>(Risk.Signal.class);
    String what = "a mapping from signals to points";
    Located value = fields.required("weights", what);
    Fields given = value == null ? null : value.fields(what);
    if (given != null) {
      given.knowOnly(SIGNALS.keySet());
      SIGNALS.forEach(
          (word, signal) -> {
            Integer points = given.read(word, each -> points(each, 0));
            if (points != null) {
              weights.put(signal, points);
            }
          });
      if (given.keys().isEmpty()) {
        given.at().refuse("expected at least one of " + Words.list(SIGNALS.keySet()));
      }
    }
    return weights;
  }

  private static void warn(Risk risk, Fields fields) {
    int sum = risk.weights().values().stream().mapToInt(Integer::intValue).sum();
    warnBeyond(fields, "warn_at", risk.warnAt(), sum);
    warnBeyond(fields, "deny_at", risk.denyAt(), sum);
    Integer warnAt = risk.warnAt();
    Integer denyAt = risk.denyAt();
    Located value = fields.get("warn_at");
    if (value != null && warnAt != null && denyAt != null && warnAt >= denyAt) {
      value.warn("a score never warns here, because deny_at is reached first");
    }
  }

  private static void warnBeyond(Fields fields, String key, @Nullable Integer threshold, int sum) {
    Located value = fields.get(key);
    if (value != null && threshold != null && threshold > sum) {
      value.warn("no score reaches this: all weights together make " + sum);
    }
  }

  private static @Nullable Integer points(Located value, int least) {
    Long points = value.whole(least, Risk.MOST);
    return points == null ? null : (Integer) points.intValue();
  }
}
