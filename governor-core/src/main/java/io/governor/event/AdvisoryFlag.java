package io.governor.event;

import org.jspecify.annotations.Nullable;

/**
 * A remark on an event, softer than a violation and never counted as one (execution record, section
 * 2.3). The vocabulary is open: a flag of a later version is kept under its name. Immutable;
 * compared by name.
 *
 * @param name the word used in traces
 */
public record AdvisoryFlag(String name) {

  public static final AdvisoryFlag AGENT_UNREGISTERED = new AdvisoryFlag("AGENT_UNREGISTERED");
  public static final AdvisoryFlag INTENT_MISSING = new AdvisoryFlag("INTENT_MISSING");
  public static final AdvisoryFlag SCOPE_OPERATION_UNEXPECTED =
      new AdvisoryFlag("SCOPE_OPERATION_UNEXPECTED");
  public static final AdvisoryFlag SCOPE_INTENT_MISMATCH =
      new AdvisoryFlag("SCOPE_INTENT_MISMATCH");
  public static final AdvisoryFlag CONTEXT_UNCLASSIFIED = new AdvisoryFlag("CONTEXT_UNCLASSIFIED");
  public static final AdvisoryFlag SENSITIVITY_ESCALATION =
      new AdvisoryFlag("SENSITIVITY_ESCALATION");
  public static final AdvisoryFlag MEMORY_WRITE_UNCLASSIFIED =
      new AdvisoryFlag("MEMORY_WRITE_UNCLASSIFIED");
  public static final AdvisoryFlag MEMORY_WRITE_CANDIDATE =
      new AdvisoryFlag("MEMORY_WRITE_CANDIDATE");

  /** Only with a profile. */
  public static final AdvisoryFlag TASK_BOUNDARY_CROSSED =
      new AdvisoryFlag("TASK_BOUNDARY_CROSSED");

  /** Only with a profile. */
  public static final AdvisoryFlag HIGH_CONSEQUENCE_DETECTED =
      new AdvisoryFlag("HIGH_CONSEQUENCE_DETECTED");

  /** On the snapshot of a result that arrived for a call that was blocked. */
  public static final AdvisoryFlag ENFORCEMENT_BYPASSED = new AdvisoryFlag("ENFORCEMENT_BYPASSED");

  /** On a call of a tool that the agent does not have: the model made the name up. */
  public static final AdvisoryFlag TOOL_UNKNOWN = new AdvisoryFlag("TOOL_UNKNOWN");

  /** On a call of a tool whose name a tool of another server has as well. */
  public static final AdvisoryFlag TOOL_SHADOWED = new AdvisoryFlag("TOOL_SHADOWED");

  @Override
  public String toString() {
    return name;
  }

  // Written out for the sake of cold starts; see RuleId.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AdvisoryFlag flag && name.equals(flag.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
