package io.governor;

import io.governor.trace.TraceStore.Sharing;

/**
 * What does not change about a session.
 *
 * @param sessionId its id, opaque
 * @param surface the folder its trace belongs to
 * @param origin the adapter its calls come through
 * @param agent who runs in it
 * @param sharing who else may write its trace
 * @param hostAsks whether the host asks its own user when a rule says so
 */
record SessionIdentity(
    String sessionId,
    String surface,
    Origin origin,
    Agent agent,
    Sharing sharing,
    boolean hostAsks) {}
