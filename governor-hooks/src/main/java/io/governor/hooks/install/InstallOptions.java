package io.governor.hooks.install;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants installed. Immutable.
 *
 * @param project the project whose configuration is edited, or null for the user's own
 * @param enforce whether a hook that gets no answer refuses what the agent wanted
 * @param http where the daemon listens, for calls that go there over HTTP, or null
 * @param failuresBlock whether the agent's version knows how to refuse when a hook fails
 * @param commands whether slash commands are written too, for agents that have them
 */
public record InstallOptions(
    @Nullable Path project,
    boolean enforce,
    @Nullable HttpAddress http,
    boolean failuresBlock,
    boolean commands) {

  /** Observing, in the user's own configuration. */
  public static final InstallOptions OBSERVE = new InstallOptions(null, false, null, false, false);
}
