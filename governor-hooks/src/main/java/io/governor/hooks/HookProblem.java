package io.governor.hooks;

import io.governor.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
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

  /** There should be a policy, and there is none. */
  static HookProblem noPolicy(Path file) {
    return new HookProblem(
        "policy",
        "there is no "
            + file
            + ", and these hooks were set up to enforce a policy: governor init AGENT --enforce"
            + " writes one");
  }

  /** What keeps a hook from having an engine. */
  static HookProblem of(Throwable failure) {
    if (failure instanceof HookProblem problem) {
      return problem;
    } else if (failure instanceof ConfigException
        || failure.getCause() instanceof ConfigException) {
      return new HookProblem("config", String.valueOf(failure.getMessage()));
    } else if (failure instanceof IllegalArgumentException) {
      return new HookProblem("policy", String.valueOf(failure.getMessage()));
    } else if (failure instanceof IOException) {
      return new HookProblem("config", "config.yaml cannot be read: the file failed");
    }
    return internal(failure);
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
