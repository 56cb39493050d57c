package io.governor.mcp.pin;

import io.governor.json.CanonicalJson;
import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file of a server's pins, one JSON object. Stateless. */
final class PinJson {

  /** Bytes of a file. */
  static final int MOST_BYTES = 16 << 20;

  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(16, 1 << 20, 1 << 16, MOST_BYTES, 1_000_000, true);

  private PinJson() {}

  /** The file as a whole; where it would be too long, without what explains differences. */
  static byte[] text(PinnedServer server) {
    byte[] text = bytes(server);
    return text.length <= MOST_BYTES ? text : bytes(server.withoutTexts());
  }

  private static byte[] bytes(PinnedServer server) {
    List<@Nullable Object> tools = new ArrayList<>();
    server.tools().values().forEach(pin -> tools.add(tool(pin)));
    Map<String, @Nullable Object> file = new LinkedHashMap<>();
    file.put("pins", 1L);
    file.put("server", server.server());
    file.put("whole", server.whole());
    file.put("tools", tools);
    return (CanonicalJson.text(file) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, @Nullable Object> tool(ToolPin pin) {
    Map<String, @Nullable Object> tool = new LinkedHashMap<>();
    tool.put("name", pin.name());
    tool.put("since", pin.since().toString());
    tool.put("pinned", definition(pin.pinned()));
    ToolDefinition pinned = pin.pinned();
    ToolDefinition seen = pin.seen();
    tool.put("seen", pinned != null && seen != null && pinned.same(seen) ? true : definition(seen));
    return tool;
  }

  private static @Nullable Object definition(@Nullable ToolDefinition definition) {
    if (definition == null) {
      return null;
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("hash", definition.hash());
    members.put("text", definition.text());
    return members;
  }

  /**
   * Reads a file.
   *
   * @throws JsonProblem if it is not JSON, or too long
   * @throws IllegalArgumentException if it is not a file of pins
   */
  static PinnedServer read(byte[] text) throws JsonProblem {
    if (!(StrictJson.parse(text, LIMITS) instanceof Map<?, ?> file)
        || !(file.get("server") instanceof String server)
        || !(file.get("whole") instanceof Boolean whole)
        || !(file.get("tools") instanceof List<?> list)
        || !Long.valueOf(1).equals(file.get("pins"))) {
      throw notPins();
    }
    Map<String, ToolPin> tools = new LinkedHashMap<>();
    for (Object item : list) {
      ToolPin pin = pin(item);
      tools.put(pin.name(), pin);
    }
    return new PinnedServer(server, whole, tools);
  }

  private static ToolPin pin(@Nullable Object item) {
    if (!(item instanceof Map<?, ?> tool)
        || !(tool.get("name") instanceof String name)
        || !(tool.get("since") instanceof String since)) {
      throw notPins();
    }
    ToolDefinition pinned = definition(tool.get("pinned"));
    ToolDefinition seen =
        Boolean.TRUE.equals(tool.get("seen")) ? pinned : definition(tool.get("seen"));
    if (pinned == null && seen == null) {
      throw notPins();
    }
    try {
      return new ToolPin(name, Instant.parse(since), pinned, seen);
    } catch (DateTimeException e) {
      throw notPins();
    }
  }

  private static @Nullable ToolDefinition definition(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Map<?, ?> members) || !(members.get("hash") instanceof String hash)) {
      throw notPins();
    }
    return new ToolDefinition(hash, members.get("text") instanceof String text ? text : null);
  }

  private static IllegalArgumentException notPins() {
    return new IllegalArgumentException("expected the pins of a server");
  }
}
