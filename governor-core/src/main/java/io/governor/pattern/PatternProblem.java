package io.governor.pattern;

/** A pattern that was refused. The message says why and what to write instead, not the pattern. */
public final class PatternProblem extends Exception {

  private static final long serialVersionUID = 1L;

  PatternProblem(String message) {
    super(message);
  }

  /** Why the pattern was refused. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
