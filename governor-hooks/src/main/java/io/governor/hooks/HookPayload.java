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

  /** A payload that names session, event and folder. */
  static HookPayload of(
      String sessionId, String eventName, HookEvent event, @Nullable Path folder) {
    return new HookPayload(sessionId, eventName, event, null, null, folder, null);
  }

  HookPayload withSubagent(@Nullable String newSubagentId) {
    return new HookPayload(
        sessionId, eventName, event, newSubagentId, agentVersion, folder, project);
  }

  HookPayload withVersion(@Nullable String newVersion) {
    return new HookPayload(sessionId, eventName, event, subagentId, newVersion, folder, project);
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
