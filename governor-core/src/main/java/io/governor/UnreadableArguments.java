package io.governor;

/** A rule asked for an argument of a call whose arguments cannot be read. */
final class UnreadableArguments extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnreadableArguments() {
    // Neither cause nor stack: this is an outcome, and it may be one for every rule of a call.
    super("the arguments of the call cannot be read", null, false, false);
  }
}
