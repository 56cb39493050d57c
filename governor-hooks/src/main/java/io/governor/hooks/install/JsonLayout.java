package io.governor.hooks.install;

import io.governor.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON in the style of the document around them.
 *
 * @param indent what the line begins with on which the value stands; null for all on one line
 * @param unit by how much a level stands in
 * @param newline the document's line end
 * @param spaced whether a blank follows colons, and commas on one line
 */
record JsonLayout(@Nullable String indent, String unit, String newline, boolean spaced) {

  String member(String name, Object value) {
    return literal(name) + (indent != null || spaced ? ": " : ":") + text(value);
  }

  String text(Object value) {
    if (value instanceof Map<?, ?> members) {
      List<String> parts = new ArrayList<>();
      JsonLayout deeper = deeper();
      members.forEach((name, each) -> parts.add(deeper.member(String.valueOf(name), each)));
      return block('{', '}', parts);
    }
    if (value instanceof List<?> items) {
      JsonLayout deeper = deeper();
      return block('[', ']', items.stream().map(deeper::text).toList());
    }
    return value instanceof String string ? literal(string) : String.valueOf(value);
  }

  private String block(char open, char close, List<String> parts) {
    if (parts.isEmpty()) {
      return "" + open + close;
    }
    if (indent == null) {
      return open + String.join(spaced ? ", " : ",", parts) + close;
    }
    String inner = newline + indent + unit;
    return open + inner + String.join("," + inner, parts) + newline + indent + close;
  }

  private JsonLayout deeper() {
    return indent == null ? this : new JsonLayout(indent + unit, unit, newline, spaced);
  }

  private static String literal(String text) {
    JsonWriter out = new JsonWriter(text.length() + 16);
    out.value(text);
    return new String(out.buffer(), 0, out.length(), StandardCharsets.US_ASCII);
  }
}
