package io.governor;

import io.governor.event.GovernorMember.Asked;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person has said about a call so far. Immutable.
 *
 * @param asked whether a person was asked
 * @param rules the rules whose question was answered with yes
 * @param refusal why the call is refused, or null when it is not
 * @param by through what a person answered; null when nobody did
 */
record Consent(boolean asked, Set<RuleId> rules, @Nullable String refusal, @Nullable String by) {

  /** Nobody was asked. */
  static final Consent NOT_ASKED = new Consent(false, Set.of(), null, null);

  static Consent given(List<RuleHit> asking, String by) {
    return new Consent(
        true, asking.stream().map(RuleHit::id).collect(Collectors.toSet()), null, by);
  }

  /**
   * @param reason how it ended, as the second half of a sentence
   */
  static Consent refused(List<RuleHit> asking, String reason) {
    String rule = asking.isEmpty() ? "a rule" : "rule " + asking.get(0).id();
    String refusal = "Refused: " + rule + " needs a person's approval, and " + reason + ".";
    return new Consent(true, Set.of(), refusal, null);
  }

  /** The same, and who gave the answer it ended with. */
  Consent by(String answering) {
    return new Consent(asked, rules, refusal, answering);
  }

  /** What the record says of it; null when nobody was asked. */
  @Nullable Asked recorded() {
    return asked ? new Asked(by, refusal == null) : null;
  }

  /** The same consent to more rules. */
  Consent and(Set<RuleId> others) {
    if (others.isEmpty()) {
      return this;
    }
    Set<RuleId> all = new HashSet<>(rules);
    all.addAll(others);
    return new Consent(asked, all, refusal, by);
  }

  /** Whether the hit is a question that was answered with yes. */
  boolean covers(RuleHit hit) {
    return hit.effect() == Verdict.ASK && rules.contains(hit.id());
  }

  /** What to say of a rule that began to ask while a person was asked about others. */
  static String tooLate(RuleHit hit) {
    return "Refused: rule "
        + hit.id()
        + " needs a person's approval as well by now, and the person was not told of it.";
  }
}
