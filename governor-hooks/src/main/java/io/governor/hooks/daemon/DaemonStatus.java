package io.governor.hooks.daemon;

import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a running daemon says of itself. Immutable.
 *
 * @param build its version, and which jar it came from
 * @param pid its process
 * @param started since when it runs
 * @param answered how many payloads it has answered
 * @param failed how many of them it could not answer
 * @param underWay connections that are being looked at, the one that asks included
 * @param idle how long it waits for a payload before it ends
 * @param port where it listens on loopback, or 0
 * @param problem why it does not listen there although it should, or empty
 * @param notices what an operator should know of what is in force, a sentence each
 */
public record DaemonStatus(
    String build,
    long pid,
    Instant started,
    long answered,
    long failed,
    int underWay,
    Duration idle,
    int port,
    String problem,
    List<String> notices) {

  public DaemonStatus {
    notices = List.copyOf(notices);
  }

  byte[] json() {
    JsonWriter json = new JsonWriter(256);
    json.beginObject().member("protocol").value(Protocol.VERSION);
    json.member("build").value(build).member("pid").value(pid);
    json.member("started").value(started.toString());
    json.member("answered").value(answered).member("failed").value(failed);
    json.member("under_way").value(underWay);
    json.member("idle").value(idle.toString()).member("port").value(port);
    json.member("problem").value(problem).member("notices").beginArray();
    notices.forEach(notice -> json.item().value(notice));
    json.endArray().endObject();
    return json.raw('\n').toByteArray();
  }

  /** What an answer says, or null if it is none of this protocol. */
  static @Nullable DaemonStatus read(byte[] json) {
    try {
      return StrictJson.parse(json, StrictJson.Limits.POLICY) instanceof Map<?, ?> members
              && number(members, "protocol") == Protocol.VERSION
          ? of(members)
          : null;
    } catch (JsonProblem | DateTimeException | IllegalArgumentException e) {
      return null;
    }
  }

  private static DaemonStatus of(Map<?, ?> members) {
    return new DaemonStatus(
        text(members, "build"),
        number(members, "pid"),
        Instant.parse(text(members, "started")),
        number(members, "answered"),
        number(members, "failed"),
        (int) number(members, "under_way"),
        Duration.parse(text(members, "idle")),
        (int) number(members, "port"),
        text(members, "problem"),
        notices(members));
  }

  private static List<String> notices(Map<?, ?> members) {
    return members.get("notices") instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  private static String text(Map<?, ?> members, String name) {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name);
  }

  private static long number(Map<?, ?> members, String name) {
    if (members.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException(name);
  }
}
