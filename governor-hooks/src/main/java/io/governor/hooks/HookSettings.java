package io.governor.hooks;

import org.jspecify.annotations.Nullable;

/**
 * What an operator may change about hooks. Immutable.
 *
 * @param agentIdPrefix what agent ids begin with; null for the coding agent's name
 * @param ownerClaim whether the user's name is recorded as the owner of what the agent does
 */
public record HookSettings(@Nullable String agentIdPrefix, boolean ownerClaim) {

  /** The agent's name as prefix, and the owner recorded. */
  public static final HookSettings DEFAULT = new HookSettings(null, true);
}
