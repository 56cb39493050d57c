package io.governor.hooks;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One payload of a coding agent in words that are the same for all agents. Immutable.
 *
 * @param sessionId the agent's session; subagents share their parent's
 * @param eventName what the agent calls the event
 * @param event what happened
 * @param subagentId the subagent that acts, or null for the session's own agent
 * @param agentVersion the agent's version, or null where the payload does not tell
 * @param folder the folder the agent is in, or null where the payload does not tell
 * @param project the folder the agent works for, or null where the payload does not tell
 */
record HookPayload(
    String sessionId,
    String eventName,
    HookEvent event,
    @Nullable String subagentId,
    @Nullable String agentVersion,
    @Nullable Path folder,
    @Nullable Path project) {

  private static final int LONGEST_VERSION = 64;

  /** A payload that names session, event and folder. */
  static HookPayload of(
      String sessionId, String eventName, HookEvent event, @Nullable Path folder) {
    return new HookPayload(sessionId, eventName, event, null, null, folder, null);
  }

  HookPayload withSubagent(@Nullable String newSubagentId) {
    return new HookPayload(
        sessionId, eventName, event, newSubagentId, agentVersion, folder, project);
  }

  /** The same of an agent of that version; what can be no version is none. */
  HookPayload withVersion(@Nullable String newVersion) {
    String version = newVersion != null && isVersion(newVersion) ? newVersion : null;
    return new HookPayload(sessionId, eventName, event, subagentId, version, folder, project);
  }

  private static boolean isVersion(String text) {
    return text.length() <= LONGEST_VERSION
        && text.chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || ".+-_ ".indexOf(c) >= 0));
  }

  HookPayload withProject(@Nullable Path newProject) {
    return new HookPayload(
        sessionId, eventName, event, subagentId, agentVersion, folder, newProject);
  }

  /** Names the event and nothing else. */
  @Override
  public String toString() {
    return "HookPayload[" + event.getClass().getSimpleName() + "]";
  }
}
