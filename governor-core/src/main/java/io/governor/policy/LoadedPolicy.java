package io.governor.policy;

import java.util.List;

/**
 * A policy that was read. Immutable.
 *
 * @param policy the policy
 * @param warnings what may not be meant as it is written, in the order of the document
 */
public record LoadedPolicy(Policy policy, List<PolicyProblem> warnings) {

  public LoadedPolicy {
    warnings = List.copyOf(warnings);
  }
}
