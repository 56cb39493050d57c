package io.governor.pause;

import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file of a paused session: one JSON object with {@code schema} (1), {@code session} (its id,
 * left out where it is longer than 256 characters or no text), {@code by}, {@code since} and {@code
 * policy_revision} (left out without a policy). Stateless.
 */
final class PauseJson {

  /** Files larger than this say nothing. */
  static final int MOST_BYTES = 4096;

  private static final int LONGEST_ID = 256;
  private static final long SCHEMA = 1;
  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(4, MOST_BYTES, 64, MOST_BYTES, 100);

  private PauseJson() {}

  static byte[] text(PausedSession session) {
    JsonWriter out = new JsonWriter(256).beginObject();
    out.member("schema").value(SCHEMA);
    String id = session.sessionId();
    if (id != null && isKept(id)) {
      out.member("session").value(id);
    }
    out.member("by").value(session.by());
    out.member("since").value(session.since().toString());
    if (session.policyRevision() != null) {
      out.member("policy_revision").value(session.policyRevision().longValue());
    }
    return out.endObject().raw('\n').toByteArray();
  }

  private static boolean isKept(String id) {
    return id.length() <= LONGEST_ID && StandardCharsets.UTF_8.newEncoder().canEncode(id);
  }

  /** What the file says, or null when that is nothing about the session of this name. */
  static @Nullable PausedSession read(byte[] json, String name) throws JsonProblem {
    if (!(StrictJson.parse(json, LIMITS) instanceof Map<?, ?> members)
        || !(members.get("by") instanceof String by)
        || !(members.get("since") instanceof String since)) {
      return null;
    }
    String id = members.get("session") instanceof String text ? text : null;
    Long revision = members.get("policy_revision") instanceof Long number ? number : null;
    return id != null && !PausedSessions.name(id).equals(name)
        ? null
        : session(name, id, by, since, revision);
  }

  private static @Nullable PausedSession session(
      String name, @Nullable String id, String by, String since, @Nullable Long revision) {
    try {
      return new PausedSession(name, id, by, Instant.parse(since), revision);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
