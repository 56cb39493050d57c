package io.governor.cli;

import io.governor.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers as JSON, on one line, in the text form of the execution record (section 1). Takes maps in
 * their own order, lists, text, whole numbers, {@link Fraction}s, booleans and null. Stateless.
 */
final class Json {

  private Json() {}

  static String text(@Nullable Object value) {
    JsonWriter out = new JsonWriter(256);
    write(value, out);
    return new String(out.buffer(), 0, out.length(), StandardCharsets.US_ASCII);
  }

  private static void write(@Nullable Object value, JsonWriter out) {
    if (value == null) {
      out.value((String) null);
    } else if (value instanceof Map<?, ?> members) {
      object(members, out);
    } else if (value instanceof List<?> items) {
      array(items, out);
    } else if (value instanceof Boolean flag) {
      out.value(flag);
    } else if (value instanceof Long || value instanceof Integer) {
      out.value(((Number) value).longValue());
    } else if (value instanceof Double percent) {
      out.raw(String.format(Locale.ROOT, "%.1f", percent).getBytes(StandardCharsets.US_ASCII));
    } else if (value instanceof Written written) {
      out.raw(written.bytes());
    } else {
      out.value(value.toString());
    }
  }

  private static void object(Map<?, ?> members, JsonWriter out) {
    out.beginObject();
    members.forEach(
        (name, value) -> {
          out.member(String.valueOf(name));
          write(value, out);
        });
    out.endObject();
  }

  private static void array(List<?> items, JsonWriter out) {
    out.beginArray();
    for (Object item : items) {
      out.item();
      write(item, out);
    }
    out.endArray();
  }

  /** JSON that was written already, ASCII. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Written(byte[] bytes) {}
}
