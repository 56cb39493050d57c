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

  private RuleSource(
      RuleSet.Host host, @Nullable Policy policy, @Nullable WatchedPolicy watched, Health health) {
    this.host = host;
    this.health = health;
    this.watched = watched;
    this.policy = policy;
    this.current = RuleSet.of(host, policy, health);
  }

  /**
   * Rules that stay until they are replaced.
   *
   * @throws IllegalArgumentException if the policy does not go with the host's rules
   */
  static RuleSource of(RuleSet.Host host, @Nullable Policy policy, Health health) {
    return new RuleSource(host, policy, null, health);
  }

  /**
   * Rules that follow a file.
   *
   * @throws IllegalArgumentException if the file is refused, or does not go with the host's rules
   */
  static RuleSource following(RuleSet.Host host, WatchedPolicy file, Health health) {
    return new RuleSource(host, file.first(), file, health);
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
    return of(host.withoutRules(), policy, new Health());
  }
}
