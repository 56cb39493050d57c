package io.governor.mcp;

import io.governor.ToolResult;
import io.governor.json.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as rules see it, and back: clients show it to the model, so that it is a result in all
 * but its name. Its code says nothing of anybody, and no client could read it without.
 */
final class ErrorShape {

  private static final String CODE = "code";
  private static final String MESSAGE = "message";

  /** The server's own: of the range that MCP leaves to implementations. */
  private static final int UNKNOWN = -32000;

  private ErrorShape() {}

  static ToolResult of(@Nullable Object error) {
    if (!(error instanceof Map<?, ?> members)) {
      return ToolResult.failure(error);
    }
    Map<Object, @Nullable Object> shown = shown(members);
    return shown.size() == 1 && shown.get(MESSAGE) instanceof String text
        ? ToolResult.failure(text)
        : ToolResult.failure(shown.isEmpty() ? null : shown);
  }

  private static Map<Object, @Nullable Object> shown(Map<?, ?> members) {
    Map<Object, @Nullable Object> shown = new LinkedHashMap<>(members);
    if (shown.get(CODE) instanceof Number) {
      shown.remove(CODE);
    }
    return shown;
  }

  /** The error with what a rule made of it, its members in their order. */
  static Map<Object, @Nullable Object> rewritten(@Nullable Object error, ToolResult rewritten) {
    Map<?, ?> value =
        rewritten.value() instanceof Map<?, ?> members
            ? members
            : Map.of(MESSAGE, text(rewritten.value()));
    Map<?, ?> before = error instanceof Map<?, ?> members ? members : Map.of();
    Map<Object, @Nullable Object> after = new LinkedHashMap<>();
    for (Object name : before.keySet()) {
      if (value.containsKey(name) || name.equals(CODE)) {
        after.put(name, value.get(name));
      }
    }
    value.forEach(after::putIfAbsent);
    after.put(CODE, before.get(CODE) instanceof Number code ? code : UNKNOWN);
    return after;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : CanonicalJson.text(value);
  }
}
