package io.governor.analysis;

import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import java.util.List;
import java.util.Optional;

/**
 * What a standard rule is about (execution record, sections 6 and 12.2). Immutable.
 *
 * @param id the rule
 * @param name two or three words for it
 * @param description what to do about it
 * @param explanation when it is violated
 */
public record RuleAdvice(String id, String name, String description, String explanation) {

  /** The five standard rules, in order. */
  public static final List<RuleAdvice> STANDARD =
      List.of(
          new RuleAdvice(
              "POL-001",
              "Undeclared intent or scope",
              "Declare intent before executing mutating operations",
              "A tool call writes, deletes or executes before the session has stated an objective, or"
                  + " a call of any kind goes to a system that the declared scope does not name."),
          new RuleAdvice(
              "POL-002",
              "Unregistered agent",
              "Register agent before session start",
              "The agent's registration tells neither its version, nor its vendor, nor its owner, nor"
                  + " what it can do."),
          new RuleAdvice(
              "POL-003",
              "Unclassified context",
              "Vendor should tag tool responses with classification metadata",
              "Nobody said how sensitive the data is that entered the agent's context."),
          new RuleAdvice(
              "POL-004",
              "Ungoverned memory write",
              "Memory writes must include classification and retention policy",
              "Something is written to where it persists, without a classification or without a"
                  + " retention."),
          new RuleAdvice(
              "POL-005",
              "Sensitivity escalation",
              "Provide explicit authorization before escalating context sensitivity",
              "The context became more sensitive than it was one snapshot before, and nobody"
                  + " authorized that."));

  /** The advice on a rule; empty for one that is not standard. */
  public static Optional<RuleAdvice> of(String ruleId) {
    return STANDARD.stream().filter(advice -> advice.id().equals(ruleId)).findFirst();
  }

  static boolean isStandard(String ruleId) {
    return of(ruleId).isPresent();
  }

  /** Whether violations on events of this type count (section 12.2). */
  static boolean carriesViolations(TraceEvent event) {
    EventType type = event.type();
    return !type.equals(EventType.INTENT_DECLARED) && !type.equals(EventType.GOVERNANCE_ERROR);
  }

  /** The description with its rule, as displays show it. */
  public String fix() {
    return description + " (" + id + ")";
  }
}
