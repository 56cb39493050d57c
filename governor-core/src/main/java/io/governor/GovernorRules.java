package io.governor;

import java.util.List;

/**
 * The ids of what is decided without a rule of the operator's, so that it can be traced, explained
 * and counted. They take part in verdicts where there is a policy, in its mode unless it names them
 * under {@code standard}; without a policy GOV-006 is recorded and decides nothing. GOV-005 and
 * GOV-007 carry out what a person or an enforced rule has set: they are enforced whatever the
 * policy's mode, and without a policy, unless they are named.
 */
public final class GovernorRules {

  /** The tool is not on the agent's allow list. */
  public static final RuleId NOT_ALLOWED = RuleId.of("GOV-001");

  /** The tool is on the agent's deny list. */
  public static final RuleId DENIED = RuleId.of("GOV-002");

  /** The call's risk reached a threshold. */
  public static final RuleId RISK = RuleId.of("GOV-003");

  /** The call's arguments cannot be read, or are over a bound. */
  public static final RuleId UNREADABLE = RuleId.of("GOV-004");

  /** The session is paused. */
  public static final RuleId PAUSED = RuleId.of("GOV-005");

  /** The tool is not what it was when it was pinned. */
  public static final RuleId CHANGED_TOOL = RuleId.of("GOV-006");

  /** The tool was withdrawn from the session by a rule. */
  public static final RuleId WITHDRAWN = RuleId.of("GOV-007");

  /** All of them, ascending. */
  public static final List<RuleId> ALL =
      List.of(NOT_ALLOWED, DENIED, RISK, UNREADABLE, PAUSED, CHANGED_TOOL, WITHDRAWN);

  private GovernorRules() {}

  /** Whether it carries out what was set for one session, rather than judging. */
  static boolean isOfSession(RuleId id) {
    return id.equals(PAUSED) || id.equals(WITHDRAWN);
  }

  static String reason(RuleId id) {
    return switch (id.value()) {
      case "GOV-001" -> "The tool is not among those this agent may use.";
      case "GOV-002" -> "This agent may not use the tool.";
      case "GOV-003" -> "The call's risk is over what the policy accepts.";
      case "GOV-004" -> "The call's arguments cannot be read as one JSON object.";
      case "GOV-005" -> "The session is paused.";
      case "GOV-007" -> "The tool was withdrawn from this session.";
      default -> "The tool is not what it was when it was pinned.";
    };
  }

  static String suggestion(RuleId id) {
    return switch (id.value()) {
      case "GOV-001", "GOV-002" -> "Use another tool, or ask the operator to allow it.";
      case "GOV-003" -> "Do it in smaller or safer steps.";
      case "GOV-004" -> "Send the arguments again as valid JSON without repeated names.";
      case "GOV-005" -> "A person has to release it.";
      case "GOV-007" -> "Go on without it.";
      default -> "Ask the operator to look at the tool.";
    };
  }
}
