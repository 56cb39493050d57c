package io.governor.cli;

import io.governor.Decision;
import io.governor.RiskScore;
import io.governor.RuleHit;
import io.governor.Verdict;
import io.governor.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code check} says about a call, its result included.
 *
 * @param verdict the strongest, whatever the modes
 * @param enforced whether it would be acted on
 * @param rules the ids of the rules that matched
 * @param detections what was found: detector and count
 * @param risk the call's risk; 0 where none is weighed
 */
record CheckAnswer(
    Verdict verdict,
    boolean enforced,
    SortedSet<String> rules,
    Map<String, Integer> detections,
    int risk) {

  static CheckAnswer of(Decision decision) {
    SortedSet<String> rules = new TreeSet<>();
    for (RuleHit hit : decision.rules()) {
      rules.add(hit.id().value());
    }
    RiskScore risk = decision.risk();
    return new CheckAnswer(
        decision.verdict(),
        decision.enforced(),
        rules,
        decision.detections(),
        risk == null ? 0 : risk.total());
  }

  /** This and what was said about the result. */
  CheckAnswer and(CheckAnswer onResult) {
    SortedSet<String> all = new TreeSet<>(rules);
    all.addAll(onResult.rules);
    Map<String, Integer> found = new TreeMap<>(detections);
    onResult.detections.forEach((detector, count) -> found.merge(detector, count, Integer::sum));
    Verdict strongest = verdict.or(onResult.verdict);
    return new CheckAnswer(
        strongest,
        (enforced && verdict == strongest) || (onResult.enforced && onResult.verdict == strongest),
        all,
        found,
        Math.max(risk, onResult.risk));
  }

  /** Writes the answer as a line of JSON. */
  void write(String id, JsonWriter out) {
    out.beginObject().member("id").raw(id.getBytes(StandardCharsets.UTF_8));
    out.member("verdict").value(verdict.wireName());
    out.member("enforced").value(enforced);
    out.member("rules").beginArray();
    rules.forEach(rule -> out.item().value(rule));
    out.endArray();
    out.member("detections").beginArray();
    detections.forEach(
        (detector, count) -> {
          out.item().beginObject().member("detector").value(detector);
          out.member("count").value((long) count);
          out.endObject();
        });
    out.endArray();
    out.member("risk").value((long) risk);
    out.endObject().raw('\n');
  }
}
