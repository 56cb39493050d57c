package io.governor.cli;

/** A line of the input that says no call. The message holds nothing of the line. */
final class BadLine extends Exception {

  private static final long serialVersionUID = 1L;

  BadLine(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
