package io.governor.cli;

import io.governor.Origin;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import io.governor.policy.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of the input of {@code check}.
 *
 * @param id its id as it is written, a text or a number
 * @param call the call
 * @param agent who calls
 * @param session the session it belongs to; null for one of its own
 * @param origin the adapter it would come through
 * @param result what the tool returned, or null
 * @param time when it happens; null for now
 * @param passedOver the column of a member that nobody knows, or 0 when there is none
 */
record CheckedCall(
    String id,
    ToolCall call,
    String agent,
    @Nullable String session,
    Origin origin,
    @Nullable ToolResult result,
    @Nullable Instant time,
    int passedOver) {

  static final Set<String> MEMBERS = Collections.unmodifiableSet(members());

  private static final String NOBODY = "agent";
  private static final int LONGEST_NAME = 1 << 16;

  // What RFC 3339 can write in every offset, so that no window reaches beyond it.
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  static CheckedCall read(String line) throws BadLine {
    Map<String, String> members = JsonMembers.of(line);
    int passedOver = passedOver(line, members);
    String tool = text(members, "tool");
    if (tool == null || tool.isEmpty()) {
      throw new BadLine("tool: expected the name of a tool");
    }
    String agent = text(members, "agent");
    return new CheckedCall(
        id(members.get("id")),
        ToolCall.of(tool, arguments(members.get("arguments"))),
        agent == null || agent.isEmpty() ? NOBODY : agent,
        text(members, "session"),
        origin(text(members, "origin")),
        result(members.get("result")),
        time(text(members, "time")),
        passedOver);
  }

  private static Set<String> members() {
    return new LinkedHashSet<>(
        List.of("id", "tool", "arguments", "agent", "session", "origin", "result", "time"));
  }

  /** Labels for others do no harm, but what was meant as a member of ours must not get lost. */
  private static int passedOver(String line, Map<String, String> members) throws BadLine {
    int column = 0;
    for (Map.Entry<String, String> member : members.entrySet()) {
      String name = member.getKey();
      if (!MEMBERS.contains(name)) {
        column = JsonMembers.column(line, name);
        String meant = Words.meant(name, MEMBERS);
        boolean instead = member.getValue().startsWith("{") && !members.containsKey("arguments");
        if (!meant.isEmpty() || instead) {
          throw new BadLine(
              "column "
                  + column
                  + ": unknown member"
                  + (meant.isEmpty() ? ", and no arguments: expected " + known() : meant));
        }
      }
    }
    return column;
  }

  /** The members there are, for people. */
  static String known() {
    return Words.list(MEMBERS);
  }

  private static String id(@Nullable String literal) throws BadLine {
    if (literal == null || !(isText(literal) || isNumber(literal))) {
      throw new BadLine("id: expected a text or a number");
    }
    return literal;
  }

  private static boolean isText(String literal) {
    return literal.startsWith("\"");
  }

  private static boolean isNumber(String literal) {
    return literal.charAt(0) == '-' || Character.isDigit(literal.charAt(0));
  }

  /** A text is what a model wrote as arguments, and may not even be JSON. */
  private static ToolArguments arguments(@Nullable String literal) throws BadLine {
    if (literal == null || literal.equals("null")) {
      return ToolArguments.empty();
    }
    return ToolArguments.ofJson(isText(literal) ? JsonMembers.text(literal) : literal);
  }

  private static @Nullable ToolResult result(@Nullable String literal) throws BadLine {
    if (literal == null || literal.equals("null")) {
      return null;
    }
    if (isText(literal)) {
      return ToolResult.ofText(JsonMembers.text(literal));
    }
    try {
      return ToolResult.of(StrictJson.parse(literal, StrictJson.Limits.HOOK));
    } catch (JsonProblem e) {
      // A tool may return what two readers understand differently; it is looked at as text.
      return ToolResult.ofText(literal);
    }
  }

  private static Origin origin(@Nullable String word) throws BadLine {
    if (word == null) {
      return Origin.API;
    }
    for (Origin origin : Origin.values()) {
      if (origin.wireName().equals(word)) {
        return origin;
      }
    }
    throw new BadLine(
        "origin: expected one of "
            + String.join(", ", Arrays.stream(Origin.values()).map(Origin::wireName).toList()));
  }

  private static @Nullable Instant time(@Nullable String text) throws BadLine {
    if (text == null) {
      return null;
    }
    Instant time;
    try {
      time = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
    } catch (DateTimeException e) {
      throw new BadLine("time: expected a date and time such as 2026-04-14T10:00:00Z");
    }
    if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
      throw new BadLine("time: expected a time from " + EARLIEST + " on and before " + LATEST);
    }
    return time;
  }

  private static @Nullable String text(Map<String, String> members, String name) throws BadLine {
    String literal = members.get(name);
    if (literal == null || literal.equals("null")) {
      return null;
    }
    if (!isText(literal)) {
      throw new BadLine(name + ": expected a text");
    }
    if (literal.length() > LONGEST_NAME) {
      throw new BadLine(name + ": expected at most " + LONGEST_NAME + " characters");
    }
    return JsonMembers.text(literal);
  }

  @Override
  public String toString() {
    return "CheckedCall[" + call + "]";
  }
}
