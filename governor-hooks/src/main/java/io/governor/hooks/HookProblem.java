package io.governor.hooks;

import java.util.List;

/**
 * Why a payload was not recorded in full, in words for the person who reads standard error; never
 * anything the payload holds.
 */
final class HookProblem extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  private HookProblem(String reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** The payload does not say what happened; nothing of that is on record. */
  static HookProblem payload(String message) {
    return new HookProblem("payload", message);
  }

  /** The transcript that a payload points to tells nothing; the rest is on record. */
  static HookProblem transcript(String message) {
    return new HookProblem("transcript", message);
  }

  /** There is no such agent. */
  static HookProblem agent(List<String> known) {
    return new HookProblem("agent", "unknown agent: expected one of " + String.join(", ", known));
  }

  /** The policy is refused. */
  static HookProblem policy(String message) {
    return new HookProblem("policy", message);
  }

  /** Something of ours failed. */
  static HookProblem internal(Throwable failure) {
    return new HookProblem(
        "error",
        "the payload could not be judged: internal error " + failure.getClass().getSimpleName());
  }

  /** In one word, to be counted by. */
  String reason() {
    return reason;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
