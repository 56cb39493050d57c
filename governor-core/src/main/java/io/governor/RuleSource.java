package io.governor;

import io.governor.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force, which a new policy replaces as a whole: whoever decides takes them once and
 * decides by one revision. Safe for use by several threads.
 */
final class RuleSource {

  private final RuleSet.Host host;
  private final Health health;
  private volatile RuleSet current;

  RuleSource(RuleSet.Host host, @Nullable Policy policy, Health health) {
    this.host = host;
    this.health = health;
    this.current = RuleSet.of(host, policy, health);
  }

  RuleSet current() {
    return current;
  }

  /**
   * Puts a policy in force.
   *
   * @throws IllegalArgumentException if it does not go with the host's rules; nothing has changed
   */
  void replace(Policy policy) {
    current = RuleSet.of(host, policy, health);
  }
}
