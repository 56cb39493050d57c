package io.governor.mcp.pin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is pinned of one server. The first time all of its tools were listed they are pinned as they
 * were, but for those with something in their descriptions that no description needs; these, and
 * whatever is seen afterwards, wait for somebody to accept them. Immutable.
 *
 * @param server the name that rules know the server by
 * @param whole whether all of its tools were listed at least once
 * @param tools its tools by name, in the order they were first seen; at most {@value #MOST}
 */
public record PinnedServer(String server, boolean whole, Map<String, ToolPin> tools) {

  /** As many tools of a server are pinned; what comes beyond them counts as changed. */
  public static final int MOST = 5000;

  public PinnedServer {
    tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
  }

  /** A server nobody has seen yet. */
  static PinnedServer unknown(String server) {
    return new PinnedServer(server, false, Map.of());
  }

  /** The server listed these tools, maybe among others. */
  public PinnedServer heard(Map<String, ToolDefinition> page, Instant now) {
    Map<String, ToolPin> all = new LinkedHashMap<>(tools);
    page.forEach(
        (name, said) -> {
          ToolPin known = all.get(name);
          if (known != null) {
            all.put(name, known.seen(said));
          } else if (all.size() < MOST) {
            all.put(name, new ToolPin(name, now, trusts(name, said) ? said : null, said));
          }
        });
    return new PinnedServer(server, whole, all);
  }

  private boolean trusts(String name, ToolDefinition said) {
    return !whole && HiddenOrders.in(name, said).isEmpty();
  }

  /** The server has listed all of its tools: what is not among them is gone. */
  public PinnedServer listed(Set<String> names) {
    Map<String, ToolPin> all = new LinkedHashMap<>();
    tools.forEach(
        (name, pin) -> {
          if (names.contains(name)) {
            all.put(name, pin);
          } else if (pin.pinned() != null) {
            all.put(name, pin.seen(null));
          }
        });
    return new PinnedServer(server, true, all);
  }

  /** These tools are trusted as they were seen last; what is gone is forgotten. */
  public PinnedServer accepted(Set<String> names, Instant now) {
    Map<String, ToolPin> all = new LinkedHashMap<>();
    tools.forEach(
        (name, pin) -> {
          ToolPin kept = names.contains(name) ? accepted(pin, now) : pin;
          if (kept != null) {
            all.put(name, kept);
          }
        });
    return new PinnedServer(server, whole, all);
  }

  private static @Nullable ToolPin accepted(ToolPin pin, Instant now) {
    ToolDefinition seen = pin.seen();
    if (seen == null || pin.state() == ToolPin.State.SAME) {
      return seen == null ? null : pin;
    }
    return new ToolPin(pin.name(), now, seen, seen);
  }

  /**
   * Whether the tool may be called as it was seen last without somebody having accepted it. One
   * that is not listed may not, once all were.
   */
  public boolean isTrusted(String tool) {
    ToolPin pin = tools.get(tool);
    return pin == null ? !whole : pin.state() == ToolPin.State.SAME;
  }

  /** Whether these are a server's prompts and not its tools. */
  public boolean holdsPrompts() {
    return server.endsWith(ToolPins.PROMPTS);
  }

  /** How many tools somebody should look at: all that are not as they were pinned. */
  public int differing() {
    return (int) tools.values().stream().filter(pin -> pin.state() != ToolPin.State.SAME).count();
  }

  /** What differs from what is pinned, in the order the tools were first seen. */
  public List<ToolChange> changes() {
    Map<String, String> renames = Renames.of(tools.values());
    List<ToolChange> changes = new ArrayList<>();
    for (ToolPin pin : tools.values()) {
      if (pin.state() != ToolPin.State.SAME && !renames.containsValue(pin.name())) {
        changes.add(ToolChange.of(pin, renames.get(pin.name())));
      }
    }
    return List.copyOf(changes);
  }

  /** The same without the texts of definitions, where they would take too much room. */
  PinnedServer withoutTexts() {
    Map<String, ToolPin> all = new LinkedHashMap<>();
    tools.forEach(
        (name, pin) ->
            all.put(name, new ToolPin(name, pin.since(), bare(pin.pinned()), bare(pin.seen()))));
    return new PinnedServer(server, whole, all);
  }

  private static @Nullable ToolDefinition bare(@Nullable ToolDefinition definition) {
    return definition == null ? null : definition.withoutText();
  }

  @Override
  public String toString() {
    return "PinnedServer[" + server + ", " + tools.size() + " tools]";
  }
}
