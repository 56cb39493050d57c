package io.governor.approval;

/**
 * A question that cannot be answered, or a file of one that cannot be read: which, why, and what
 * would be accepted. The message never quotes arguments.
 */
public final class ApprovalProblem extends Exception {

  private static final long serialVersionUID = 1L;

  ApprovalProblem(String message) {
    super(message);
  }

  /** The message. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
