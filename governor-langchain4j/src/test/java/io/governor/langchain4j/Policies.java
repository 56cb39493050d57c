package io.governor.langchain4j;

import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;

/** Policies as an operator writes them. */
final class Policies {

  private Policies() {}

  /** A policy of this mode with these lines of YAML. */
  static Policy of(String mode, String yaml) {
    String text = "governor: 1\nid: acme\nrevision: 1\nmode: " + mode + "\n" + yaml;
    try {
      return PolicyLoader.standard().parse("policy.yaml", text).policy();
    } catch (PolicyException refused) {
      throw new IllegalArgumentException(refused);
    }
  }
}
