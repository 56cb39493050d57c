package io.governor.hooks;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may change about hooks. Immutable.
 *
 * @param agentIdPrefix what agent ids begin with; null for the coding agent's name
 * @param ownerClaim whether the user's name is recorded as the owner of what the agent does
 * @param policy the file of the policy that decides; null for {@code policy.yaml} in the state
 *     root, where there is one, and the standard rules otherwise
 * @param onFailure what is answered about a call that cannot be decided
 */
public record HookSettings(
    @Nullable String agentIdPrefix,
    boolean ownerClaim,
    @Nullable Path policy,
    OnFailure onFailure) {

  /** What becomes of a call that cannot be decided: a payload nobody can read, a broken policy. */
  public enum OnFailure {
    /** It goes on where the policy's mode is not {@code enforce}, else it is refused. */
    BY_MODE,
    /** It goes on. */
    OPEN,
    /** It is refused. */
    CLOSED
  }

  /** The agent's name as prefix, the owner recorded, the state root's policy, and its mode. */
  public static final HookSettings DEFAULT = new HookSettings(null, true);

  /** Settings of what is recorded; the rest as in {@link #DEFAULT}. */
  public HookSettings(@Nullable String agentIdPrefix, boolean ownerClaim) {
    this(agentIdPrefix, ownerClaim, null, OnFailure.BY_MODE);
  }

  /** The same with another policy. */
  public HookSettings withPolicy(@Nullable Path newPolicy) {
    return new HookSettings(agentIdPrefix, ownerClaim, newPolicy, onFailure);
  }

  /** The same with another answer about what cannot be decided. */
  public HookSettings withOnFailure(OnFailure newOnFailure) {
    return new HookSettings(agentIdPrefix, ownerClaim, policy, newOnFailure);
  }
}
