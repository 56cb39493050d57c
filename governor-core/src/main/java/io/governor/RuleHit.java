package io.governor;

import org.jspecify.annotations.Nullable;

/**
 * What a rule says when it matches: of one that matched, as a {@link Decision} reports it, or of
 * one that could, as {@link Governor#rulesFor} does. Immutable.
 *
 * @param id the rule
 * @param effect what the rule says
 * @param mode how far it reaches
 * @param reason why, for the model and for people; null if the rule gives none
 * @param suggestion what to do instead; null if the rule gives none
 */
public record RuleHit(
    RuleId id, Verdict effect, Mode mode, @Nullable String reason, @Nullable String suggestion) {

  /** Whether the effect is acted on rather than recorded. */
  public boolean enforced() {
    return mode == Mode.ENFORCE && effect != Verdict.ALLOW;
  }
}
