package io.governor.hooks.daemon;

/** A request that is none: what is wrong with it, for whoever wrote the client. */
final class WireProblem extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  WireProblem(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
