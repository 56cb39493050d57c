package io.governor.sync.ledger;

import io.governor.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a tree of JSON values, as the strict reader makes them. Stateless. */
final class JsonText {

  private JsonText() {}

  static byte[] of(@Nullable Object value) {
    JsonWriter out = new JsonWriter(1024);
    write(value, out);
    return out.toByteArray();
  }

  private static void write(@Nullable Object value, JsonWriter out) {
    if (value instanceof Map<?, ?> object) {
      out.beginObject();
      for (Map.Entry<?, ?> member : object.entrySet()) {
        write(member.getValue(), out.member(String.valueOf(member.getKey())));
      }
      out.endObject();
    } else if (value instanceof List<?> array) {
      out.beginArray();
      for (Object item : array) {
        write(item, out.item());
      }
      out.endArray();
    } else if (value instanceof Boolean bool) {
      out.value(bool);
    } else if (value instanceof Number number) {
      out.raw(number.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    } else {
      out.value(value == null ? null : value.toString());
    }
  }
}
