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
 * @param enforced whether the agent was set up to have calls refused: then a call is refused where
 *     there is no policy at all, because one that was there is gone
 */
// Bytes on their way from one stream to another; nobody compares them.
@SuppressWarnings("ArrayRecordComponent")
public record HookRequest(
    String agent, byte[] payload, Map<String, String> environment, boolean enforced) {

  public HookRequest {
    environment = Map.copyOf(environment);
  }

  /** A payload of an agent that was set up to observe. */
  public HookRequest(String agent, byte[] payload, Map<String, String> environment) {
    this(agent, payload, environment, false);
  }

  /** Sizes only, never values. */
  @Override
  public String toString() {
    return "HookRequest[" + payload.length + " bytes, " + environment.size() + " variables]";
  }
}
