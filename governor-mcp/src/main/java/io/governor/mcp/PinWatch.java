package io.governor.mcp;

import io.governor.mcp.pin.PinnedServer;
import io.governor.mcp.pin.ToolChange;
import io.governor.mcp.pin.ToolDefinition;
import io.governor.mcp.pin.ToolPin;
import io.governor.mcp.pin.ToolPins;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a server lists with what is pinned of it, and knows of each tool whether it is
 * still what somebody trusts. What was listed over this connection counts before what another one
 * saw last. Where pins cannot be read or kept nothing can be compared, and every tool counts as
 * changed. Safe for use by several threads.
 */
final class PinWatch {

  private static final Logger LOG = LoggerFactory.getLogger(PinWatch.class);

  /** Lists that were begun and not read to their end. */
  private static final int OPEN_LISTS = 64;

  private final @Nullable ToolPins pins;
  private final String server;
  private final InstantSource clock;

  // Guarded by this.
  private final Map<String, Set<String>> openLists = new LinkedHashMap<>();
  private final Map<String, String> heard = new LinkedHashMap<>();
  private @Nullable PinnedServer known;
  private String stamp = "";
  private boolean broken;
  private String told = "";
  private Set<String> shadowed = Set.of();
  private String lookedAt = "?";

  private PinWatch(@Nullable ToolPins pins, String server, InstantSource clock) {
    this.pins = pins;
    this.server = server;
    this.clock = clock;
  }

  /** Pins nothing, and takes every tool as it is. */
  static PinWatch off(String server) {
    return new PinWatch(null, server, InstantSource.system());
  }

  static PinWatch of(ToolPins pins, String server, InstantSource clock) {
    return new PinWatch(pins, server, clock);
  }

  /**
   * The server answered a request for its tools, or its prompts.
   *
   * @param cursor where the request went on from, or null for the first page
   * @param result the answer
   * @param member the one of its members that lists them
   */
  synchronized void heard(@Nullable Object cursor, Map<?, ?> result, String member) {
    if (pins == null || !(result.get(member) instanceof List<?> tools)) {
      return;
    }
    Map<String, ToolDefinition> page = definitions(tools);
    Set<String> listed = listed(cursor, page.keySet(), result.get("nextCursor"));
    page.forEach(
        (name, said) -> {
          if (heard.size() < PinnedServer.MOST || heard.containsKey(name)) {
            heard.put(name, said.hash());
          }
        });
    try {
      known =
          pins.update(
              server,
              before -> {
                PinnedServer after = before.heard(page, clock.instant());
                return listed == null ? after : after.listed(listed);
              });
      stamp = pins.stamp(server);
      broken = false;
      tell(known);
    } catch (IOException e) {
      failed(e);
    }
  }

  private static Map<String, ToolDefinition> definitions(List<?> tools) {
    Map<String, ToolDefinition> page = new LinkedHashMap<>();
    for (Object tool : tools) {
      if (tool instanceof Map<?, ?> members && members.get("name") instanceof String name) {
        page.merge(name, ToolDefinition.of(members), ToolDefinition::and);
      }
    }
    return page;
  }

  /** All names of a list that was read from its beginning, once its last page came. */
  private @Nullable Set<String> listed(
      @Nullable Object cursor, Set<String> names, @Nullable Object next) {
    Set<String> all = cursor == null ? new HashSet<>() : openLists.remove(String.valueOf(cursor));
    if (all == null) {
      return null;
    }
    all.addAll(names);
    if (next == null) {
      return all;
    }
    if (openLists.size() < OPEN_LISTS && all.size() <= PinnedServer.MOST) {
      openLists.put(String.valueOf(next), all);
    }
    return null;
  }

  /** Whether a call of the tool is one of something else than what was pinned. */
  synchronized boolean isChanged(String tool) {
    if (pins == null) {
      return false;
    }
    try {
      PinnedServer current = known == null ? load(pins) : known;
      if (!differs(current, tool) && !broken) {
        return false;
      }
      // Somebody may have accepted it meanwhile.
      return differs(pins.stamp(server).equals(stamp) && !broken ? current : load(pins), tool);
    } catch (IOException e) {
      failed(e);
      return true;
    }
  }

  /** Whether a tool of another server that is pinned has the same name. */
  synchronized boolean isShadowed(String tool) {
    return pins != null && shadowed(pins).contains(tool);
  }

  private Set<String> shadowed(ToolPins all) {
    try {
      String stamp = all.stamp();
      if (!stamp.equals(lookedAt)) {
        lookedAt = stamp;
        shadowed = shadows(all);
      }
    } catch (IOException e) {
      // A file of another server's: whoever watches that one says so.
      LOG.debug("the pins of all servers cannot be compared: {}", e.getClass().getName());
    }
    return shadowed;
  }

  private Set<String> shadows(ToolPins all) throws IOException {
    Set<String> names = new HashSet<>();
    ToolPins.shadows(all.all())
        .forEach(
            (name, servers) -> {
              if (servers.contains(server)) {
                names.add(name);
              }
            });
    return names;
  }

  private PinnedServer load(ToolPins from) throws IOException {
    stamp = from.stamp(server);
    PinnedServer loaded = from.read(server);
    known = loaded;
    broken = false;
    return loaded;
  }

  private boolean differs(PinnedServer current, String tool) {
    String mine = heard.get(tool);
    if (mine == null) {
      return !current.isTrusted(tool);
    }
    ToolPin pin = current.tools().get(tool);
    ToolDefinition pinned = pin == null ? null : pin.pinned();
    return pinned == null || !pinned.hash().equals(mine);
  }

  private void failed(IOException e) {
    if (!broken) {
      LOG.warn(
          "MCP server {}: its tools cannot be compared with what was pinned, and count as changed:"
              + " {}",
          server,
          e.getMessage());
    }
    broken = true;
  }

  /** Counts only: what servers say about their tools is no text for a log. */
  private void tell(PinnedServer now) {
    List<ToolChange> changes = now.changes();
    int hidden = ToolPins.findings(now).size();
    int shadows = pins == null ? 0 : shadowed(pins).size();
    String summary = summary(changes, hidden, shadows);
    if (!summary.isEmpty() && !summary.equals(told)) {
      LOG.warn("MCP server {}: {}; governor mcp pins diff {} shows it", server, summary, server);
    }
    told = summary;
  }

  private static String summary(List<ToolChange> changes, int hidden, long shadowed) {
    StringBuilder text = new StringBuilder();
    for (ToolPin.State state : ToolPin.State.values()) {
      long count = changes.stream().filter(change -> change.state() == state).count();
      add(count, state.name().toLowerCase(Locale.ROOT) + " since pinned", text);
    }
    add(changes.stream().filter(ToolChange::widens).count(), "of them wider than pinned", text);
    add(hidden, "with descriptions that hold orders to the model", text);
    add(shadowed, "named like another server's", text);
    return text.toString();
  }

  private static void add(long count, String what, StringBuilder text) {
    if (count > 0) {
      text.append(text.isEmpty() ? "tools " : ", ").append(what).append(": ").append(count);
    }
  }
}
