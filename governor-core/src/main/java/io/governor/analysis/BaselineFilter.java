package io.governor.analysis;

import io.governor.event.AdvisoryFlag;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Folds away what stands on nearly every event of a session and therefore tells nothing about any
 * of them (execution record, section 12.5): INTENT_MISSING on INTENT_DECLARED, and POL-003 with
 * CONTEXT_UNCLASSIFIED on CONTEXT_SNAPSHOT, each when more than 80 % of the events of that type
 * have it. For what people look at, never for counts that are sent or compared. Immutable.
 *
 * @param foldsMissingIntent whether INTENT_MISSING is folded away
 * @param foldsUnclassifiedContext whether POL-003 with CONTEXT_UNCLASSIFIED is
 * @param policyViolations violations that are left
 * @param advisoryFlags flags that are left
 * @param baselineFiltered what was folded away, by rule or flag
 */
public record BaselineFilter(
    boolean foldsMissingIntent,
    boolean foldsUnclassifiedContext,
    long policyViolations,
    long advisoryFlags,
    SortedMap<String, Long> baselineFiltered) {

  private static final String UNCLASSIFIED = "POL-003";

  public BaselineFilter {
    baselineFiltered = Collections.unmodifiableSortedMap(new TreeMap<>(baselineFiltered));
  }

  /** Looks at the events of one session. */
  public static BaselineFilter of(List<TraceEvent> events) {
    BaselineFilter rules =
        new BaselineFilter(
            isUsual(events, EventType.INTENT_DECLARED, BaselineFilter::lacksIntent),
            isUsual(events, EventType.CONTEXT_SNAPSHOT, BaselineFilter::isUnclassified),
            0,
            0,
            new TreeMap<>());
    long violations = 0;
    long flags = 0;
    SortedMap<String, Long> filtered = new TreeMap<>();
    for (TraceEvent event : events) {
      violations += rules.violations(event).size();
      flags += rules.flags(event).size();
      if (rules.foldsMissingIntent && lacksIntent(event)) {
        filtered.merge(AdvisoryFlag.INTENT_MISSING.name(), 1L, Long::sum);
      }
      if (rules.foldsUnclassifiedContext && isUnclassified(event)) {
        filtered.merge(UNCLASSIFIED, 1L, Long::sum);
        filtered.merge(AdvisoryFlag.CONTEXT_UNCLASSIFIED.name(), 1L, Long::sum);
      }
    }
    return new BaselineFilter(
        rules.foldsMissingIntent, rules.foldsUnclassifiedContext, violations, flags, filtered);
  }

  private static boolean isUsual(
      List<TraceEvent> events, EventType type, Predicate<TraceEvent> condition) {
    long all = events.stream().filter(event -> event.type().equals(type)).count();
    long some = events.stream().filter(condition).count();
    return some * 5 > all * 4;
  }

  private static boolean lacksIntent(TraceEvent event) {
    return event.type().equals(EventType.INTENT_DECLARED)
        && event.flags().contains(AdvisoryFlag.INTENT_MISSING);
  }

  private static boolean isUnclassified(TraceEvent event) {
    return event.type().equals(EventType.CONTEXT_SNAPSHOT)
        && event.violations().contains(UNCLASSIFIED)
        && event.flags().contains(AdvisoryFlag.CONTEXT_UNCLASSIFIED);
  }

  /** The violations of an event of this session that are left. */
  public List<String> violations(TraceEvent event) {
    boolean folds = foldsUnclassifiedContext && isUnclassified(event);
    return event.violations().stream()
        .filter(rule -> !(folds && rule.equals(UNCLASSIFIED)))
        .toList();
  }

  /** The flags of an event of this session that are left. */
  public List<AdvisoryFlag> flags(TraceEvent event) {
    boolean foldsContext = foldsUnclassifiedContext && isUnclassified(event);
    boolean foldsIntent = foldsMissingIntent && lacksIntent(event);
    return event.flags().stream()
        .filter(flag -> !(foldsContext && flag.equals(AdvisoryFlag.CONTEXT_UNCLASSIFIED)))
        .filter(flag -> !(foldsIntent && flag.equals(AdvisoryFlag.INTENT_MISSING)))
        .toList();
  }

  /** How much was folded away. */
  public long baselineFilteredTotal() {
    return baselineFiltered.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Everything, folded away or not. */
  public long rawTotal() {
    return policyViolations + advisoryFlags + baselineFilteredTotal();
  }

  /** The counts for JSON output, in stable order. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("policy_violations", policyViolations);
    map.put("advisory_flags", advisoryFlags);
    map.put("baseline_filtered", baselineFiltered);
    map.put("baseline_filtered_total", baselineFilteredTotal());
    map.put("raw_total", rawTotal());
    return map;
  }
}
