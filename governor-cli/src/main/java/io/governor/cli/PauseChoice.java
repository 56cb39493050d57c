package io.governor.cli;

import io.governor.pause.PausedSession;
import io.governor.pause.PausedSessions;
import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the commands about paused sessions have in common. Stateless. */
final class PauseChoice {

  private static final int NAMED = 5;

  /** A longer id is shown by the name of its trace file. */
  static final int LONGEST_SHOWN = 48;

  private PauseChoice() {}

  static PausedSessions of(Invocation invocation) {
    return PausedSessions.below(invocation.stateRoot());
  }

  /**
   * What was typed, without the marker of a shortened id.
   *
   * @throws CommandFailure if nothing is left
   */
  static String typed(String id) {
    String text = isShortened(id) ? id.substring(0, id.length() - Text.MARKER.length()) : id;
    if (text.isBlank()) {
      throw CommandFailure.usage("an empty name: expected a session's id, as governor list has it");
    }
    return text;
  }

  static boolean isShortened(String id) {
    return id.endsWith(Text.MARKER);
  }

  /**
   * The paused session that is meant: by its id or name, or the only one that begins so.
   *
   * @return null when none is
   * @throws CommandFailure if several begin so
   */
  static @Nullable PausedSession find(String typed, List<PausedSession> paused) {
    List<PausedSession> begin = new ArrayList<>();
    for (PausedSession each : paused) {
      String id = each.sessionId();
      if (typed.equals(id) || typed.equals(each.name())) {
        return each;
      }
      if ((id != null && id.startsWith(typed)) || each.name().startsWith(typed)) {
        begin.add(each);
      }
    }
    if (begin.size() > 1) {
      throw CommandFailure.usage(
          Text.count(begin.size(), "paused session")
              + " begin with "
              + typed
              + ", give more of the id: "
              + String.join(", ", begin.stream().limit(NAMED).map(PauseChoice::shown).toList())
              + (begin.size() > NAMED ? ", " + Text.MARKER : ""));
    }
    return begin.isEmpty() ? null : begin.get(0);
  }

  /** What to type for it. */
  static String shown(PausedSession session) {
    String id = session.sessionId();
    boolean plain = id != null && id.length() <= LONGEST_SHOWN && Text.line(id).equals(id);
    return plain && id != null && !id.isBlank() ? id : session.name();
  }

  /** What to type for it where options may stand too. */
  static String argument(PausedSession session) {
    String shown = shown(session);
    return shown.startsWith("-") ? "-- " + shown : shown;
  }

  /** By whom, as the second half of a sentence. */
  static String by(PausedSession session) {
    if (session.byOperator()) {
      return "by an operator";
    }
    return session.by().equals(PausedSession.UNKNOWN)
        ? "by whom cannot be read"
        : "by rule " + session.by();
  }

  /** What is recorded of the session, which may be nothing. */
  static List<SessionSummary> recorded(PausedSession session, TraceCatalog catalog) {
    return Traces.all(catalog).stream()
        .filter(each -> PausedSessions.name(each.sessionId()).equals(session.name()))
        .toList();
  }

  static Map<String, @Nullable Object> json(PausedSession session, List<SessionSummary> recorded) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("session_id", session.sessionId());
    json.put("name", session.name());
    json.put("by", session.by());
    json.put("since", Times.json(session.since()));
    json.put("policy_revision", session.policyRevision());
    json.put("surfaces", recorded.stream().map(SessionSummary::surface).distinct().toList());
    json.put("agent_id", recorded.isEmpty() ? null : recorded.get(0).agentId());
    return json;
  }

  /** How many are paused. */
  static int count(Invocation invocation) throws IOException {
    return of(invocation).names().size();
  }
}
