package io.governor.policy;

import io.governor.Mode;
import io.governor.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * How a rule that no operator wrote (POL-001 to POL-005, GOV-001 to GOV-007) takes part in
 * verdicts. Immutable.
 *
 * @param mode how far it reaches; null means the policy's mode
 * @param effect what it says; null means DENY, and for the risk score what the threshold says
 */
public record StandardSetting(@Nullable Mode mode, @Nullable Verdict effect) {}
