package io.governor.mcp;

import io.governor.ToolResult;
import io.governor.json.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A result as rules see it, and back. One text is that text, as it is to every adapter; anything
 * else, also a text with more texts beside it, is the result as the server wrote it.
 */
final class ResultShape {

  // What is said between programs is in most results, and shown to no model.
  private static final String META = "_meta";
  private static final Set<String> RESULT = Set.of("content", META);
  private static final Set<String> CONTENT = Set.of("type", "text", META);

  /** What every result of 2026-07-28 says of itself. */
  private static final Map.Entry<String, String> COMPLETE = Map.entry("resultType", "complete");

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
    members.entrySet().removeIf(member -> saysMore(member, RESULT));
    members.put("content", List.of(textContent(onlyContent(result), text)));
    return members;
  }

  private static Map<Object, @Nullable Object> textContent(
      @Nullable Map<?, ?> original, String text) {
    Map<Object, @Nullable Object> content = new LinkedHashMap<>();
    if (original != null && original.get("text") instanceof String) {
      content.putAll(original);
      content.entrySet().removeIf(member -> saysMore(member, CONTENT));
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
            && isAll(result, RESULT)
            && isAll(content, CONTENT)
            && "text".equals(content.get("type"))
            && content.get("text") instanceof String text
        ? text
        : null;
  }

  private static boolean isAll(@Nullable Object members, Set<String> expected) {
    return members instanceof Map<?, ?> map
        && map.entrySet().stream().noneMatch(member -> saysMore(member, expected));
  }

  /** Whether a member holds text that would not be looked at with the one text alone. */
  private static boolean saysMore(Map.Entry<?, ?> member, Set<String> expected) {
    return !expected.contains(member.getKey())
        && !COMPLETE.equals(member)
        && holdsText(member.getValue());
  }

  private static boolean holdsText(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return members.values().stream().anyMatch(ResultShape::holdsText);
    }
    return value instanceof List<?> items
        ? items.stream().anyMatch(ResultShape::holdsText)
        : value instanceof String;
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
