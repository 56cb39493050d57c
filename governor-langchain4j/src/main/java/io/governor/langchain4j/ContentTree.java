package io.governor.langchain4j;

import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.service.tool.ToolExecutionResult;
import io.governor.ToolResult;
import io.governor.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result as rules see it, and back. One text is that text; anything else is a list with one
 * object per content, {@code {"type": "text", "text": …}} or {@code {"type": "image"}}: pictures
 * and sounds are named and not looked at.
 */
final class ContentTree {

  private ContentTree() {}

  /**
   * A result that says it is an error counts as a failure. One that cannot be read is one without
   * value: the tool has run, and whoever reads it next meets the same problem.
   */
  static ToolResult of(@Nullable ToolExecutionResult result) {
    if (result == null) {
      return ToolResult.of(null);
    }
    Object value = tree(read(result));
    return result.isError() ? ToolResult.failure(value) : ToolResult.of(value);
  }

  static @Nullable Object tree(@Nullable List<Content> contents) {
    if (contents == null || contents.isEmpty()) {
      return null;
    }
    if (contents.size() == 1 && contents.get(0) instanceof TextContent text) {
      return text.text();
    }
    List<Map<String, Object>> tree = new ArrayList<>(contents.size());
    for (Content content : contents) {
      tree.add(node(content));
    }
    return tree;
  }

  /** Contents may be made at the first reading, by code of the host. */
  static @Nullable List<Content> read(ToolExecutionResult result) {
    try {
      return result.resultContents();
    } catch (RuntimeException | StackOverflowError unreadable) {
      return null;
    }
  }

  private static Map<String, Object> node(Content content) {
    return content instanceof TextContent text
        ? Map.of("type", "text", "text", text.text())
        : Map.of("type", String.valueOf(content.type()).toLowerCase(Locale.ROOT));
  }

  /** The contents with their texts replaced; a tree of another shape becomes one text. */
  static List<Content> rewrite(List<Content> contents, ToolResult rewritten) {
    if (rewritten.value() instanceof List<?> nodes && nodes.size() == contents.size()) {
      List<Content> replaced = new ArrayList<>(contents.size());
      for (int i = 0; i < contents.size(); i++) {
        replaced.add(replace(contents.get(i), nodes.get(i)));
      }
      return replaced;
    }
    String text = text(rewritten);
    return List.of(TextContent.from(text == null ? "" : text));
  }

  private static Content replace(Content content, @Nullable Object node) {
    return content instanceof TextContent
            && node instanceof Map<?, ?> members
            && members.get("text") instanceof String text
        ? TextContent.from(text)
        : content;
  }

  static @Nullable String text(ToolResult result) {
    Object value = result.value();
    return value == null || value instanceof String ? (String) value : CanonicalJson.text(value);
  }
}
