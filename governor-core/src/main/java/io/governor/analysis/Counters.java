package io.governor.analysis;

import io.governor.RuleId;
import io.governor.event.TraceEvent;
import java.util.List;
import java.util.Map;

/**
 * What stands beside the figures of an analysis (execution record, section 12.1). All but the last
 * make a result partial. Immutable.
 *
 * @param unpaired what belongs to no turn: violations in the burn rate, undeclared tool calls in
 *     undeclared intent
 * @param untokenedPairs snapshots with usage and without a turn id
 * @param dedupeConflicts snapshots that give a turn other usage than its first one
 * @param malformedEvents lines of the trace that were no events
 * @param unknownRules violations of rules that are neither standard nor the operator's
 * @param ownRules violations of the operator's rules
 */
public record Counters(
    long unpaired,
    long untokenedPairs,
    long dedupeConflicts,
    long malformedEvents,
    long unknownRules,
    long ownRules) {

  static Counters of(List<TraceEvent> events, Turns turns, long unpaired, long malformedEvents) {
    long unknown = 0;
    long own = 0;
    for (TraceEvent event : events) {
      List<String> rules = RuleAdvice.carriesViolations(event) ? event.violations() : List.of();
      for (String rule : rules) {
        if (isOwn(rule)) {
          own++;
        } else if (!RuleAdvice.isStandard(rule)) {
          unknown++;
        }
      }
    }
    return new Counters(
        unpaired, turns.untokenedPairs(), turns.dedupeConflicts(), malformedEvents, unknown, own);
  }

  /** Ids that begin with {@code POL-} are not the operator's to give. */
  private static boolean isOwn(String rule) {
    return RuleId.isWellFormed(rule) && !rule.startsWith("POL-");
  }

  boolean anythingAmiss() {
    return unpaired + untokenedPairs + dedupeConflicts + malformedEvents + unknownRules > 0;
  }

  void putInto(Map<String, Object> map, String unpairedName) {
    map.put(unpairedName, unpaired);
    map.put("untokened_pair_count", untokenedPairs);
    map.put("dedupe_conflict_count", dedupeConflicts);
    map.put("malformed_event_count", malformedEvents);
    map.put("unknown_rule_count", unknownRules);
    map.put("own_rule_count", ownRules);
  }
}
