package io.governor.trace;

import java.util.List;

/**
 * What the events of one file come to. Immutable.
 *
 * @param sessions by session, in order of their first events
 */
record FileSummary(FileTimes times, List<SessionPart> sessions) {

  FileSummary {
    sessions = List.copyOf(sessions);
  }
}
