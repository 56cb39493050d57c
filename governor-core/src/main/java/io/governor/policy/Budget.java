package io.governor.policy;

/**
 * How much text one rule may search with patterns during one evaluation. A pattern takes time
 * linear in the text, but the texts are a model's, and a rule may have many patterns.
 */
final class Budget {

  /** Characters that the patterns of one rule may read for one call. */
  static final int CHARACTERS = 1 << 18;

  /** For rules without patterns, which spend nothing. */
  static final Budget NONE = new Budget(0);

  private int left;

  private Budget(int left) {
    this.left = left;
  }

  /** What a rule with patterns may spend on one call. */
  static Budget full() {
    return new Budget(CHARACTERS);
  }

  /**
   * Takes from the budget.
   *
   * @throws EvaluationFailure if not enough is left
   */
  void spend(int characters) {
    left -= characters;
    if (left < 0) {
      throw EvaluationFailure.overBudget();
    }
  }
}
