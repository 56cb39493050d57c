package io.governor.cli.report;

import io.governor.cli.report.SessionReport.EventRow;
import io.governor.event.AdvisoryFlag;
import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes rows of events. Stateless. */
final class EventRows {

  private EventRows() {}

  static EventRow row(long number, TraceEvent event) {
    GovernorMember governor = event.governor();
    String verdict = governor == null || governor.verdict() == null ? "" : governor.verdict();
    boolean enforced = governor != null && Boolean.TRUE.equals(governor.enforced());
    return new EventRow(
        number,
        event.timestamp(),
        EventWords.of(event),
        verdict,
        enforced,
        rules(event),
        event.flags().stream().map(AdvisoryFlag::name).toList(),
        event.consequence());
  }

  /** Rules that were violated and rules that matched, each once. */
  private static List<String> rules(TraceEvent event) {
    Set<String> rules = new TreeSet<>(event.violations());
    if (event.governor() != null) {
      event.governor().rules().forEach(rule -> rules.add(rule.id()));
    }
    return List.copyOf(rules);
  }
}
