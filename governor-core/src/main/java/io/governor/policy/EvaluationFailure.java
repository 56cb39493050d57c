package io.governor.policy;

/** A rule cannot say whether it matches; what holds then is the rule's {@code on_error}. */
final class EvaluationFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  static final EvaluationFailure OVER_BUDGET =
      new EvaluationFailure(
          "the rule's patterns had to read more than " + Budget.CHARACTERS + " characters");
  static final EvaluationFailure UNREADABLE =
      new EvaluationFailure("the arguments of the call cannot be read");
  static final EvaluationFailure TOO_LARGE =
      new EvaluationFailure("the value is too large to be looked through as a whole");

  private EvaluationFailure(String message) {
    // Neither cause nor stack: these are outcomes, made once and thrown often.
    super(message, null, false, false);
  }
}
