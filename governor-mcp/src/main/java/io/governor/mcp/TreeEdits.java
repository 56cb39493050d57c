package io.governor.mcp;

import io.governor.json.CanonicalJson;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has to be exchanged in a JSON text so that it reads as another tree: the values that differ,
 * each as deep as it can be told, and nothing else.
 */
final class TreeEdits {

  private final JsonBytes json;
  private final List<JsonBytes.Edit> edits = new ArrayList<>();

  private TreeEdits(JsonBytes json) {
    this.json = json;
  }

  /**
   * The edits that make one value of the text another.
   *
   * @param place where the value stands
   * @param before what a reader made of it
   * @param after what it is to be
   */
  static List<JsonBytes.Edit> of(
      JsonBytes json, JsonBytes.Span place, @Nullable Object before, @Nullable Object after) {
    TreeEdits edits = new TreeEdits(json);
    edits.compare(place, before, after);
    return edits.edits;
  }

  private void compare(JsonBytes.Span place, @Nullable Object before, @Nullable Object after) {
    if (before == after) {
      return;
    }
    List<@Nullable Object> old = children(before);
    List<@Nullable Object> wanted = children(after);
    if (old == null || wanted == null || !alike(before, after)) {
      replace(place, before, after);
      return;
    }
    Iterator<JsonBytes.Span> places = json.values(place).iterator();
    for (int i = 0; i < old.size(); i++) {
      compare(places.next(), old.get(i), wanted.get(i));
    }
    append(place, old.isEmpty(), wanted.subList(old.size(), wanted.size()));
  }

  /** More items behind the last one of a list. */
  private void append(JsonBytes.Span list, boolean empty, List<@Nullable Object> items) {
    if (items.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Object item : items) {
      text.append(empty && text.isEmpty() ? "" : ",").append(CanonicalJson.text(item));
    }
    JsonBytes.Span end = new JsonBytes.Span(list.to() - 1, list.to() - 1);
    edits.add(new JsonBytes.Edit(end, text.toString()));
  }

  private void replace(JsonBytes.Span place, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      edits.add(new JsonBytes.Edit(place, CanonicalJson.text(after)));
    }
  }

  /** Whether two containers have the same names, or items that were only added to. */
  private static boolean alike(@Nullable Object before, @Nullable Object after) {
    if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other) {
      return new ArrayList<>(one.keySet()).equals(new ArrayList<>(other.keySet()));
    }
    return before instanceof List<?> one
        && after instanceof List<?> other
        && one.size() <= other.size();
  }

  private static @Nullable List<@Nullable Object> children(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return new ArrayList<>(members.values());
    }
    return value instanceof List<?> items ? new ArrayList<>(items) : null;
  }
}
