package io.governor.mcp;

import io.governor.ToolResult;
import io.governor.json.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result as rules see it, and back. One text is that text, as it is to every adapter; anything
 * else is the result as the server wrote it.
 */
final class ResultShape {

  private ResultShape() {}

  static ToolResult of(@Nullable Object result) {
    String text = onlyText(result);
    return text == null ? ToolResult.of(result) : ToolResult.ofText(text);
  }

  /** The result with what a rule made of it; one of another shape becomes one text. */
  static @Nullable Object rewritten(@Nullable Object result, ToolResult rewritten) {
    Object value = rewritten.value();
    if (onlyText(result) == null && value instanceof Map) {
      return value;
    }
    String text = value instanceof String given ? given : CanonicalJson.text(value);
    Map<Object, @Nullable Object> members = new LinkedHashMap<>();
    if (result instanceof Map<?, ?> original) {
      members.putAll(original);
    }
    // It said the same in another form.
    members.remove("structuredContent");
    members.put("content", List.of(textContent(onlyContent(result), text)));
    return members;
  }

  private static Map<Object, @Nullable Object> textContent(
      @Nullable Map<?, ?> original, String text) {
    Map<Object, @Nullable Object> content = new LinkedHashMap<>();
    if (original != null && original.get("text") instanceof String) {
      content.putAll(original);
    }
    content.put("type", "text");
    content.put("text", text);
    return content;
  }

  private static @Nullable String onlyText(@Nullable Object result) {
    Map<?, ?> content = onlyContent(result);
    boolean structured =
        result instanceof Map<?, ?> members && members.containsKey("structuredContent");
    return content != null
            && !structured
            && "text".equals(content.get("type"))
            && content.get("text") instanceof String text
        ? text
        : null;
  }

  private static @Nullable Map<?, ?> onlyContent(@Nullable Object result) {
    return result instanceof Map<?, ?> members
            && members.get("content") instanceof List<?> contents
            && contents.size() == 1
            && contents.get(0) instanceof Map<?, ?> content
        ? content
        : null;
  }
}
