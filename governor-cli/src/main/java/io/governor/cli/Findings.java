package io.governor.cli;

import io.governor.RuleId;
import io.governor.event.AdvisoryFlag;
import io.governor.event.GovernorMember.RuleEntry;
import io.governor.event.TraceEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Says of an event why each of its rules and flags fired, from what the trace holds. Stateless but
 * for the explanations.
 */
final class Findings {

  private final Explanations explanations;

  Findings(Explanations explanations) {
    this.explanations = explanations;
  }

  /** The rules of the event and then its flags. */
  List<Finding> of(TraceEvent event, SessionReplay.Before before) {
    Reasons reasons = new Reasons(event, before);
    List<Finding> findings = new ArrayList<>();
    for (String rule : event.violations()) {
      findings.add(finding(rule, whyRule(rule, event, reasons)));
    }
    for (AdvisoryFlag flag : event.flags()) {
      findings.add(finding(flag.name(), reasons.flag(flag)));
    }
    return findings;
  }

  private Finding finding(String id, String why) {
    return explanations
        .find(id)
        .map(known -> new Finding(id, known.title(), why, known.remedy()))
        .orElse(new Finding(id, "", why, ""));
  }

  private String whyRule(String rule, TraceEvent event, Reasons reasons) {
    String standard = reasons.standardRule(rule);
    if (!standard.isEmpty()) {
      return standard;
    }
    String matched = explanations.find(rule).isPresent() ? "It fired" : "A rule of yours matched";
    if (event.governor() != null) {
      for (RuleEntry entry : event.governor().rules()) {
        if (entry.id().equals(rule)) {
          return matched + ": effect " + entry.effect() + ", mode " + entry.mode() + ".";
        }
      }
    }
    return RuleId.isWellFormed(rule)
        ? matched + "; the trace does not say more."
        : "This version does not know the rule.";
  }
}
