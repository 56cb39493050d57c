package io.governor.standard;

import io.governor.event.OperationClassification;
import io.governor.event.OperationClassification.Effect;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation rule of the profile (execution record, section 7.5): it matches when one effect of
 * one segment satisfies every predicate. A null predicate asks nothing.
 */
record OperationRule(
    @Nullable Set<String> domains, @Nullable Set<String> actions, @Nullable Boolean destructive) {

  /** The domains that section 8.1 knows. */
  static final Set<String> DOMAINS =
      Set.of(
          "filesystem",
          "version_control",
          "packages",
          "network",
          "cloud_infrastructure",
          "process",
          "unknown");

  /** The actions that section 8.1 knows. */
  static final Set<String> ACTIONS =
      Set.of("read", "create", "modify", "delete", "execute", "unknown");

  boolean matches(OperationClassification classification) {
    return classification.segments().stream()
        .anyMatch(segment -> segment.effects().stream().anyMatch(this::matches));
  }

  private boolean matches(Effect effect) {
    return (domains == null || domains.contains(effect.domain()))
        && (actions == null || actions.contains(effect.action()))
        && (destructive == null || destructive.equals(effect.destructive()));
  }
}
