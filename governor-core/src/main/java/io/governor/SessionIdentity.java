package io.governor;

import io.governor.trace.TraceStore.Sharing;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What does not change about a session.
 *
 * @param sessionId its id, opaque
 * @param surface the folder its trace belongs to
 * @param origin the adapter its calls come through
 * @param agent who runs in it
 * @param sharing who else may write its trace
 * @param hostAsks whether the host asks its own user when a rule says so
 * @param rewrites whether the host can run a call with other arguments than it came with
 * @param pairsByOrder whether the host gives calls no id, so that order tells what belongs together
 * @param workspace the folder it works in, or null when it is not known
 * @param keepsWorkspace whether the first folder that anybody said holds for the whole session
 */
record SessionIdentity(
    String sessionId,
    String surface,
    Origin origin,
    Agent agent,
    Sharing sharing,
    boolean hostAsks,
    boolean rewrites,
    boolean pairsByOrder,
    @Nullable Path workspace,
    boolean keepsWorkspace) {}
