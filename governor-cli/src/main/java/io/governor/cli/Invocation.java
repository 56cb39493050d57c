package io.governor.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What one run of the command has been given.
 *
 * @param terminal where it speaks
 * @param stateRoot where everything that was recorded lies
 * @param env the environment
 * @param clock says when now is, to what sends
 */
record Invocation(Terminal terminal, Path stateRoot, Map<String, String> env, InstantSource clock) {

  Invocation {
    env = Map.copyOf(env);
  }

  /** The folder of the traces. */
  Path traces() {
    return stateRoot.resolve("traces");
  }

  /** Whether whoever looks for a bug wants to see everything. */
  boolean debug() {
    return "1".equals(env.get("GOVERNOR_DEBUG"));
  }

  @Override
  public String toString() {
    return "Invocation[" + stateRoot + "]";
  }
}
