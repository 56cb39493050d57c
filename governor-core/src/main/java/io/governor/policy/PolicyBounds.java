package io.governor.policy;

/** How much a policy document may hold, so that no document makes a call slow or memory scarce. */
final class PolicyBounds {

  /** Bytes of the document. */
  static final int BYTES = 4 << 20;

  static final int RULES = 10_000;
  static final int CASES = 10_000;

  /** Calls that the cases of a document make together, each as often as it is repeated. */
  static final int CASE_CALLS = 100_000;

  /** Entries under {@code agents} and under {@code tools}. */
  static final int ENTRIES = 1000;

  /** Names and globs in a list, which are tried one after the other. */
  static final int LIST = 256;

  /** Tools that an agent is allowed or denied. */
  static final int AGENT_TOOLS = 1000;

  /** Values under {@code in}. */
  static final int VALUES = 10_000;

  /** Conditions and comparisons of one rule. */
  static final int CONDITIONS = 256;

  /** Levels of {@code all}, {@code any} and {@code not}. */
  static final int NESTING = 16;

  /**
   * Characters that the patterns of a rule, and of all rules, make with repetitions written out.
   */
  static final int RULE_PATTERNS = 40_000;

  static final int ALL_PATTERNS = 1_000_000;

  static final int NAME = 256;
  static final int TITLE = 200;
  static final int SENTENCE = 1000;
  static final int TEXT = 1 << 16;

  private PolicyBounds() {}
}
