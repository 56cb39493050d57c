package io.governor.mcp;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Takes tools that an agent is not offered out of a list of tools, byte for byte: what stays is as
 * it came, cursors included. A list that was cut for one agent is not to be kept for others
 * (specification 2026-07-28, caching of lists).
 */
final class OfferedTools {

  private OfferedTools() {}

  /**
   * The edits that leave tools out; none where all are offered.
   *
   * @param place where the answer's result stands
   * @param result what a reader made of it
   * @param offers by the server's own names of its tools
   */
  static List<JsonBytes.Edit> edits(
      JsonBytes json, JsonBytes.Span place, Map<?, ?> result, Predicate<String> offers) {
    JsonBytes.Span list = json.member(place, "tools");
    if (list == null || !(result.get("tools") instanceof List<?> tools)) {
      return List.of();
    }
    List<JsonBytes.Span> places = json.values(list);
    List<JsonBytes.Edit> edits = new ArrayList<>();
    for (int from = 0; from < places.size(); from++) {
      int to = from;
      while (to < places.size() && isHidden(tools.get(to), offers)) {
        to++;
      }
      if (to > from) {
        edits.add(new JsonBytes.Edit(hole(places, from, to), ""));
        from = to;
      }
    }
    return edits.isEmpty() ? edits : kept(json, place, result, edits);
  }

  private static boolean isHidden(Object tool, Predicate<String> offers) {
    return tool instanceof Map<?, ?> members
        && members.get("name") instanceof String name
        && !offers.test(name);
  }

  /** With the comma behind the items, or where they are the last ones, before them. */
  private static JsonBytes.Span hole(List<JsonBytes.Span> places, int from, int to) {
    if (to < places.size()) {
      return new JsonBytes.Span(places.get(from).from(), places.get(to).from());
    }
    int start = from == 0 ? places.get(0).from() : places.get(from - 1).to();
    return new JsonBytes.Span(start, places.get(to - 1).to());
  }

  private static List<JsonBytes.Edit> kept(
      JsonBytes json, JsonBytes.Span place, Map<?, ?> result, List<JsonBytes.Edit> edits) {
    JsonBytes.Span scope = json.member(place, "cacheScope");
    if (scope == null || "private".equals(result.get("cacheScope"))) {
      return edits;
    }
    List<JsonBytes.Edit> all = new ArrayList<>(edits);
    Iterator<JsonBytes.Edit> each = edits.iterator();
    int at = 0;
    while (each.hasNext() && each.next().place().from() < scope.from()) {
      at++;
    }
    all.add(at, new JsonBytes.Edit(scope, "\"private\""));
    return all;
  }
}
