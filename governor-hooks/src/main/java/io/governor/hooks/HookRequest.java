package io.governor.hooks;

import java.util.Map;

/**
 * One payload of a coding agent, as a hook received it. The payload is taken as it is and must not
 * be changed afterwards.
 *
 * @param agent the coding agent's name, one of {@link HookEngine#agents()}; never guessed
 * @param payload what the agent wrote, of any length and content
 * @param environment the variables of the hook's process, as far as they are known; only {@code
 *     USER}, {@code HOME} and those that name the project's folder are looked at, and none is kept
 */
// Bytes on their way from one stream to another; nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
public record HookRequest(String agent, byte[] payload, Map<String, String> environment) {

  public HookRequest {
    environment = Map.copyOf(environment);
  }

  /** Sizes only, never values. */
  @Override
  public String toString() {
    return "HookRequest[" + payload.length + " bytes, " + environment.size() + " variables]";
  }
}
