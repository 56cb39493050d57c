package io.governor.hooks;

import org.jspecify.annotations.Nullable;

/**
 * One payload of a coding agent in words that are the same for all agents. Immutable.
 *
 * @param sessionId the agent's session; subagents share their parent's
 * @param event what happened
 * @param subagentId the subagent that acts, or null for the session's own agent
 * @param agentVersion the agent's version, or null where the payload does not tell
 */
record HookPayload(
    String sessionId,
    HookEvent event,
    @Nullable String subagentId,
    @Nullable String agentVersion) {}
