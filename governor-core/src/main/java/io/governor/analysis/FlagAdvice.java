package io.governor.analysis;

import io.governor.event.AdvisoryFlag;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an advisory flag says (execution record, sections 2.3 and 12.6). Immutable.
 *
 * @param flag the flag
 * @param explanation when it is set
 * @param fix what to do about it, with the rule that goes with it; null for a flag that only
 *     informs
 */
public record FlagAdvice(AdvisoryFlag flag, String explanation, @Nullable String fix) {

  /** The ten flags of the shared format, in its order. */
  public static final List<FlagAdvice> REFERENCE =
      List.of(
          of(AdvisoryFlag.AGENT_UNREGISTERED, "The agent's registration tells nothing.", "POL-002"),
          of(AdvisoryFlag.INTENT_MISSING, "The session states no objective.", "POL-001"),
          of(
              AdvisoryFlag.SCOPE_OPERATION_UNEXPECTED,
              "A call writes, deletes or executes although no objective was stated.",
              "POL-001"),
          new FlagAdvice(
              AdvisoryFlag.SCOPE_INTENT_MISMATCH,
              "A call goes to a system that the declared scope does not name.",
              "Ensure scope matches declared intent (POL-001)"),
          of(
              AdvisoryFlag.CONTEXT_UNCLASSIFIED,
              "Data entered the context without a classification.",
              "POL-003"),
          of(
              AdvisoryFlag.SENSITIVITY_ESCALATION,
              "The context became more sensitive than it was one snapshot before.",
              "POL-005"),
          of(
              AdvisoryFlag.MEMORY_WRITE_UNCLASSIFIED,
              "Something is written to where it persists, without a classification.",
              "POL-004"),
          of(
              AdvisoryFlag.MEMORY_WRITE_CANDIDATE,
              "A call's name or target says that what it writes will persist.",
              "POL-004"),
          new FlagAdvice(
              AdvisoryFlag.TASK_BOUNDARY_CROSSED,
              "The agent turned to other files, another directory, or from reading to changing, or"
                  + " paused: by the profile, another task.",
              null),
          new FlagAdvice(
              AdvisoryFlag.HIGH_CONSEQUENCE_DETECTED,
              "The profile names this call as one of high consequence.",
              null));

  /** Governor's own flag. */
  public static final FlagAdvice ENFORCEMENT_BYPASSED =
      new FlagAdvice(
          AdvisoryFlag.ENFORCEMENT_BYPASSED,
          "A result arrived for a call that Governor had blocked: the call ran all the same.",
          null);

  /** Governor's own flag. */
  public static final FlagAdvice TOOL_UNKNOWN =
      new FlagAdvice(
          AdvisoryFlag.TOOL_UNKNOWN,
          "The model called a tool that the agent does not have; nothing ran.",
          null);

  /** Governor's own flag. */
  public static final FlagAdvice TOOL_SHADOWED =
      new FlagAdvice(
          AdvisoryFlag.TOOL_SHADOWED,
          "Another server has a tool of that name: the model may have taken one for the other.",
          null);

  /** The flags that the shared format does not have. */
  public static final List<FlagAdvice> OWN =
      List.of(ENFORCEMENT_BYPASSED, TOOL_UNKNOWN, TOOL_SHADOWED);

  private static FlagAdvice of(AdvisoryFlag flag, String explanation, String rule) {
    return new FlagAdvice(
        flag, explanation, RuleAdvice.of(rule).map(RuleAdvice::fix).orElseThrow());
  }

  /** The advice on a flag; empty for one this version does not know. */
  public static Optional<FlagAdvice> of(AdvisoryFlag flag) {
    return Stream.concat(REFERENCE.stream(), OWN.stream())
        .filter(advice -> advice.flag().equals(flag))
        .findFirst();
  }
}
