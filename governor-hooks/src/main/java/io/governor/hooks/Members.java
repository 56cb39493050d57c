package io.governor.hooks;

import io.governor.CallHint;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object of a payload, read leniently: a member of another type than expected is
 * as good as none. Confined to one thread.
 */
final class Members {

  private static final Members NONE = new Members(Map.of());

  private final Map<?, ?> all;

  Members(Map<?, ?> all) {
    this.all = all;
  }

  @Nullable Object value(String name) {
    return all.get(name);
  }

  boolean has(String name) {
    return all.containsKey(name);
  }

  @Nullable String text(String name) {
    return all.get(name) instanceof String text ? text : null;
  }

  /** The first of these that is a text. */
  @Nullable String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? text(otherwise) : text;
  }

  /** An object within; one without members when there is none. */
  Members object(String name) {
    return all.get(name) instanceof Map<?, ?> object ? new Members(object) : NONE;
  }

  /** A list within, of which only objects count. */
  List<Members> objects(String name) {
    return all.get(name) instanceof List<?> list
        ? list.stream()
            .filter(Map.class::isInstance)
            .map(item -> new Members((Map<?, ?>) item))
            .toList()
        : List.of();
  }

  /** An absolute folder, or null. */
  @Nullable Path folder(String name) {
    return absolute(text(name));
  }

  /** The first absolute folder of a list, or null. */
  @Nullable Path firstFolder(String name) {
    return all.get(name) instanceof List<?> list
            && !list.isEmpty()
            && list.get(0) instanceof String first
        ? absolute(first)
        : null;
  }

  /** An absolute folder, or null when the text names none on this system. */
  static @Nullable Path absolute(@Nullable String text) {
    try {
      Path path = text == null || text.isEmpty() ? null : Path.of(text);
      return path != null && path.isAbsolute() ? path.normalize() : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Arguments given as an object; anything else counts as none (execution record, section 9.5). */
  ToolArguments arguments(String name) {
    return all.get(name) instanceof Map<?, ?> object
        ? ToolArguments.of(named(object))
        : ToolArguments.empty();
  }

  /** Arguments given as an object, or as the text of one. */
  ToolArguments argumentsOrText(String name) {
    return all.get(name) instanceof String text ? ToolArguments.ofJson(text) : arguments(name);
  }

  /** One member as the only argument; none when it is not there. */
  ToolArguments only(String name) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (all.containsKey(name)) {
      members.put(name, all.get(name));
    }
    return ToolArguments.of(members);
  }

  /** The whole object as arguments, with one member under another name. */
  ToolArguments renamed(String name, String newName) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    all.forEach((key, value) -> members.put(key.equals(name) ? newName : (String) key, value));
    return ToolArguments.of(members);
  }

  private static Map<String, @Nullable Object> named(Map<?, ?> object) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    object.forEach((name, value) -> members.put((String) name, value));
    return members;
  }

  /** A call as the agent names it. */
  static ToolCall call(
      String tool, ToolArguments arguments, @Nullable String id, @Nullable Path folder) {
    ToolCall call = ToolCall.of(tool, arguments).withId(CallId.of(id));
    return folder == null ? call : call.withHint(CallHint.NONE.in(folder));
  }
}
