package io.governor.hooks;

/**
 * Why a payload was not recorded, in words for the person who reads standard error; never anything
 * the payload holds.
 */
final class HookProblem extends Exception {

  private static final long serialVersionUID = 1L;

  HookProblem(String message) {
    super(message, null, false, false);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
