package io.governor.hooks;

import io.governor.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers in the language of one coding agent. An agent that has no word for an answer is
 * told nothing; what each of them ignores stands in docs/hooks.md. Pure; safe for use by several
 * threads.
 */
interface AnswerWriter {

  HookReply write(HookPayload payload, HookAnswer answer);

  /**
   * The refusal of what could not even be read, by exit code 2: most agents take that as such,
   * whatever the event.
   */
  default HookReply refusal(String reason) {
    return exitTwo(reason);
  }

  static HookReply exitTwo(String reason) {
    return new HookReply(2, new byte[0], reason);
  }

  static HookReply json(Map<String, ?> tree) {
    return new HookReply(0, CanonicalJson.text(tree).getBytes(StandardCharsets.US_ASCII), "");
  }

  /** A map of what is not null. */
  static Map<String, @Nullable Object> members(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        members.put((String) namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return members;
  }

  /** A note, or null where it says nothing. */
  static @Nullable String orNull(String note) {
    return note.isEmpty() ? null : note;
  }

  /** A result as text, for agents that take nothing else. */
  static String text(@Nullable Object value) {
    return value instanceof String text ? text : CanonicalJson.text(value);
  }
}
