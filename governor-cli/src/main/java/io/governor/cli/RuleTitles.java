package io.governor.cli;

import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What rules say, in one line: those that Governor knows, and those of the state root's policy as
 * it is now. Immutable.
 */
final class RuleTitles {

  private final Explanations explanations;
  private final Map<String, String> ofPolicy;

  private RuleTitles(Explanations explanations, Map<String, String> ofPolicy) {
    this.explanations = explanations;
    this.ofPolicy = ofPolicy;
  }

  static RuleTitles load(Path stateRoot) {
    Map<String, String> titles = new HashMap<>();
    Policy policy = PolicyState.of(stateRoot).policy();
    if (policy != null) {
      for (PolicyRule rule : policy.rules()) {
        titles.put(rule.id().value(), rule.title() == null ? "" : rule.title());
      }
    }
    return new RuleTitles(Explanations.load(), titles);
  }

  /** The title of a rule; empty for one that nobody has given one. */
  String of(String id) {
    return explanations
        .find(id)
        .map(Explanation::title)
        .orElseGet(() -> ofPolicy.getOrDefault(id, ""));
  }
}
