package io.governor.cli;

import io.governor.event.TraceEvent;
import io.governor.file.RootedFiles;
import io.governor.mcp.AgentTool.Refusal;
import io.governor.trace.SessionEvents;
import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that an agent may look at: those whose traces lie below the state root, links
 * followed. An id that is malformed, unknown or of a trace that lies elsewhere gets one answer.
 */
final class AgentSessions {

  private static final String UNKNOWN = "There is no such session.";
  private static final int LONGEST_ID = 512;

  private final Invocation invocation;

  AgentSessions(Invocation invocation) {
    this.invocation = invocation;
  }

  TraceCatalog catalog() throws Refusal {
    try {
      return TraceCatalog.read(invocation.traces());
    } catch (IOException e) {
      throw new Refusal("The traces cannot be read.");
    }
  }

  /** All of them, newest first, those with registration and intent only included. */
  List<SessionSummary> all() throws Refusal {
    RootedFiles inside = RootedFiles.under(List.of(invocation.traces().toAbsolutePath()));
    return Traces.all(catalog()).stream().filter(session -> isInside(session, inside)).toList();
  }

  private static boolean isInside(SessionSummary session, RootedFiles inside) {
    for (Path file : session.files()) {
      if (!inside.contains(file.toAbsolutePath().toString(), null)) {
        return false;
      }
    }
    return true;
  }

  /** The session that is asked for; of one id on several surfaces, all events together. */
  RecordedSession read(Map<String, @Nullable Object> given) throws Refusal {
    if (given.get("session_id") == null) {
      throw new Refusal("session_id: expected the whole id of a session");
    }
    List<SessionSummary> found =
        given.get("session_id") instanceof String id && id.length() <= LONGEST_ID
            ? all().stream().filter(session -> session.sessionId().equals(id)).toList()
            : List.of();
    if (found.isEmpty()) {
      throw new Refusal(UNKNOWN);
    }
    List<TraceEvent> events = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    try {
      for (SessionSummary session : found) {
        events.addAll(SessionEvents.load(session).events());
        files.addAll(session.files());
      }
    } catch (IOException e) {
      throw new Refusal(UNKNOWN);
    }
    return new RecordedSession(found.get(0).sessionId(), files, events);
  }
}
