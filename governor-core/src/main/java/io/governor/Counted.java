package io.governor;

import io.governor.event.GovernorMember.PolicyRef;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * That a call was judged and counted before: at another governed seam, or before its server asked
 * for more and the call was made again. It is judged all the same, and what rules say holds; but it
 * consumes no limit, a person who agreed is not asked again, and it is recorded only where it is
 * refused or rewritten, or changes something for its session. Immutable.
 *
 * @param agreed the rules whose question a person answered with yes
 * @param policyHash the hash of the policy these rules are of: under another one they ask again;
 *     null for rules of none
 * @see CallHint#counted(Counted)
 */
public record Counted(Set<RuleId> agreed, @Nullable String policyHash) {

  public Counted {
    agreed = Set.copyOf(agreed);
  }

  /** A call that went on after this decision, and so with the consent it needed. */
  public static Counted after(Decision decision) {
    PolicyRef policy = decision.policy();
    Set<RuleId> agreed =
        decision.refused()
            ? Set.of()
            : decision.rules().stream()
                .filter(hit -> hit.enforced() && hit.effect() == Verdict.ASK)
                .map(RuleHit::id)
                .collect(Collectors.toSet());
    return new Counted(agreed, policy == null ? null : policy.hash());
  }

  /** The rules that ask no more under the policy in force. */
  Set<RuleId> agreedUnder(@Nullable PolicyRef policy) {
    String inForce = policy == null ? null : policy.hash();
    return Objects.equals(inForce, policyHash) ? agreed : Set.of();
  }
}
