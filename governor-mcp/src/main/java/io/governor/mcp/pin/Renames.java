package io.governor.mcp.pin;

import io.governor.json.CanonicalJson;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tools that vanished and came back under another name: what they take is the same, and no other
 * tool that came or went takes the same.
 */
final class Renames {

  private Renames() {}

  /** The old names by the new ones. */
  static Map<String, String> of(Collection<ToolPin> tools) {
    Map<String, String> gone = bySchema(tools, ToolPin.State.VANISHED);
    Map<String, String> came = bySchema(tools, ToolPin.State.NEW);
    Map<String, String> renames = new LinkedHashMap<>();
    came.forEach(
        (schema, name) -> {
          String old = gone.get(schema);
          if (old != null) {
            renames.put(name, old);
          }
        });
    return renames;
  }

  private static Map<String, String> bySchema(Collection<ToolPin> tools, ToolPin.State state) {
    Map<String, String> names = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (ToolPin pin : tools) {
      ToolDefinition said = pin.pinned() == null ? pin.seen() : pin.pinned();
      if (pin.state() == state && said != null && said.text() != null) {
        String schema = schema(said, said.text());
        if (names.put(schema, pin.name()) != null) {
          twice.add(schema);
        }
      }
    }
    names.keySet().removeAll(twice);
    return names;
  }

  /** Many tools take nothing: of those all has to be the same. */
  private static String schema(ToolDefinition said, String text) {
    return said.members().get("inputSchema") instanceof Map<?, ?> schema
            && schema.get("properties") instanceof Map<?, ?> parameters
            && !parameters.isEmpty()
        ? CanonicalJson.text(schema)
        : text;
  }
}
