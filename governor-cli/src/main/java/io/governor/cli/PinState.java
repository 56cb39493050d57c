package io.governor.cli;

import io.governor.mcp.pin.PinnedServer;
import io.governor.mcp.pin.ToolPins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the tools of MCP servers stand to their pins.
 *
 * @param servers how many are pinned
 * @param differ tools and prompts that somebody should look at
 * @param suspect those among all with something in their descriptions that no description needs
 * @param shadowed names that tools of two servers have
 * @param unreadable whether the pins cannot be read
 */
record PinState(int servers, int differ, int suspect, int shadowed, boolean unreadable) {

  static PinState of(Invocation invocation) {
    try {
      List<PinnedServer> all = McpPins.of(invocation).all();
      return new PinState(
          (int) all.stream().filter(server -> !server.holdsPrompts()).count(),
          all.stream().mapToInt(PinnedServer::differing).sum(),
          all.stream().mapToInt(server -> ToolPins.findings(server).size()).sum(),
          ToolPins.shadows(all).size(),
          false);
    } catch (IOException e) {
      return new PinState(0, 0, 0, 0, true);
    }
  }

  /** Empty where no server is pinned. */
  Optional<String> inWords() {
    if (unreadable) {
      return Optional.of("the pins cannot be read, and every tool counts as changed");
    }
    if (servers == 0) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    add(differ, "not as pinned", parts);
    add(suspect, "with orders to the model", parts);
    add(shadowed, "named like another server's", parts);
    String of = "tools and prompts of " + Text.count(servers, "server") + " ";
    return Optional.of(
        parts.isEmpty()
            ? of + "as pinned"
            : of + "pinned: " + String.join(", ", parts) + " (governor mcp pins diff)");
  }

  private static void add(int count, String what, List<String> parts) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("servers", servers);
    json.put("differ", differ);
    json.put("suspect", suspect);
    json.put("shadowed", shadowed);
    json.put("unreadable", unreadable);
    return json;
  }
}
