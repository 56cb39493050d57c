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
  private final @Nullable WatchedPolicy watched;
  private volatile @Nullable Policy policy;
  private volatile RuleSet current;

  /**
   * @param policy the policy, or null for none
   * @throws IllegalArgumentException if it does not go with the host's rules
   */
  RuleSource(RuleSet.Host host, @Nullable Policy policy, Health health) {
    this.host = host;
    this.health = health;
    this.watched = null;
    this.policy = policy;
    this.current = RuleSet.of(host, policy, health);
  }

  /**
   * @param watched the file that holds the policy
   * @throws IllegalArgumentException if it is refused, or does not go with the host's rules
   */
  RuleSource(RuleSet.Host host, WatchedPolicy watched, Health health) {
    this.host = host;
    this.health = health;
    this.watched = watched;
    this.policy = watched.first();
    this.current = RuleSet.of(host, policy, health);
  }

  RuleSet current() {
    if (watched != null) {
      watched.look(this::replace);
    }
    return current;
  }

  /** The rules in force, without a look at a file. */
  RuleSet inForce() {
    return current;
  }

  /**
   * Puts a policy in force.
   *
   * @throws IllegalArgumentException if it does not go with the host's rules; nothing has changed
   */
  void replace(Policy newPolicy) {
    current = RuleSet.of(host, newPolicy, health);
    policy = newPolicy;
  }

  /** A source of the same policy, without the rules added in Java and with counts of its own. */
  RuleSource withoutHostRules() {
    return new RuleSource(host.withoutRules(), policy, new Health());
  }
}
