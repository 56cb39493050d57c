package io.governor.mcp;

import io.governor.GovernedSession;
import io.governor.seam.CallMarks;
import org.jspecify.annotations.Nullable;

/**
 * What all conversations of one session share. Safe for use by several threads.
 *
 * @param session where calls are judged
 * @param tools what is known about the server's tools
 * @param unfinished calls that later requests go on with
 * @param marks by which calls are recognised that another seam has judged; null to judge all
 * @param denialsAsErrors whether refused tool calls are answered with errors
 */
record SessionParts(
    GovernedSession session,
    ServerTools tools,
    Unfinished unfinished,
    @Nullable CallMarks marks,
    boolean denialsAsErrors)
    implements AutoCloseable {

  SessionParts(GovernedSession session, ServerTools tools, boolean denialsAsErrors) {
    this(session, tools, new Unfinished(), null, denialsAsErrors);
  }

  /** Ends the session, and before that the questions of clients that may come back in vain. */
  @Override
  public void close() {
    unfinished.forms().close();
    session.close();
  }
}
