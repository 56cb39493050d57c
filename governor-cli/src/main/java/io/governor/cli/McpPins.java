package io.governor.cli;

import io.governor.mcp.pin.PinnedServer;
import io.governor.mcp.pin.ToolFinding;
import io.governor.mcp.pin.ToolPins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The pins below the state root, as commands show them. Stateless. */
final class McpPins {

  private McpPins() {}

  static ToolPins of(Invocation invocation) {
    return ToolPins.below(invocation.stateRoot());
  }

  /**
   * The servers that are pinned, or the one of this name.
   *
   * @throws CommandFailure if there is none of this name
   */
  static List<PinnedServer> servers(Invocation invocation, @Nullable String name)
      throws IOException {
    List<PinnedServer> all = of(invocation).all();
    if (name == null) {
      return all;
    }
    List<PinnedServer> named = all.stream().filter(each -> each.server().equals(name)).toList();
    if (named.isEmpty()) {
      throw CommandFailure.usage(
          "no server " + name + " is pinned: governor mcp pins list shows them");
    }
    return named;
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static Map<String, @Nullable Object> json(ToolFinding finding) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("at", finding.at());
    json.put("kind", word(finding.kind()));
    return json;
  }

  static List<Object> json(SortedMap<String, Set<String>> shadows) {
    List<Object> list = new ArrayList<>();
    shadows.forEach(
        (tool, servers) -> {
          Map<String, @Nullable Object> json = new LinkedHashMap<>();
          json.put("tool", tool);
          json.put("servers", List.copyOf(servers).stream().sorted().toList());
          list.add(json);
        });
    return list;
  }
}
