package io.governor.cli;

import io.governor.Mode;
import io.governor.policy.LoadedPolicy;
import io.governor.policy.PolicyProblem;
import io.governor.policy.PolicyRule;
import java.util.ArrayList;
import java.util.List;

/** What may not be meant as a policy says it. Stateless. */
final class PolicyRemarks {

  private PolicyRemarks() {}

  /**
   * A remark.
   *
   * @param about what it is about: a rule's id, or a place in the document
   */
  record Remark(String about, String message) {}

  static List<Remark> of(LoadedPolicy loaded) {
    List<Remark> remarks = new ArrayList<>();
    for (PolicyProblem warning : loaded.warnings()) {
      remarks.add(
          new Remark("line " + warning.place().line(), warning.path() + ": " + warning.message()));
    }
    for (PolicyRule rule : loaded.policy().rules()) {
      if (ToolReach.mode(loaded.policy(), rule) == Mode.OFF) {
        remarks.add(new Remark(rule.id().value(), "never matches: its mode is off"));
      }
    }
    return remarks;
  }
}
