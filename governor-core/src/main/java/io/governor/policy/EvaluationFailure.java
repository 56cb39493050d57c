package io.governor.policy;

/** A rule cannot say whether it matches; what holds then is the rule's {@code on_error}. */
final class EvaluationFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private EvaluationFailure(String message) {
    // Neither cause nor stack: this is an outcome, and it may be one for every rule of a call.
    super(message, null, false, false);
  }

  static EvaluationFailure overBudget() {
    return new EvaluationFailure(
        "the rule's patterns had to read more than " + Budget.CHARACTERS + " characters");
  }

  static EvaluationFailure unreadable() {
    return new EvaluationFailure("the arguments of the call cannot be read");
  }

  static EvaluationFailure tooLarge() {
    return new EvaluationFailure("the value is too large to be looked through as a whole");
  }
}
