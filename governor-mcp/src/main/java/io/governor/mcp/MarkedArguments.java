package io.governor.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that a tool's schema wants repeated in header fields ({@code x-mcp-header},
 * specification 2026-07-28): where each stands, by the rest of its field's name. Only properties of
 * properties count, as there. Stateless.
 */
final class MarkedArguments {

  /** As many of a tool are remembered, so deep. */
  private static final int MOST = 64;

  private static final int DEEPEST = 32;
  private static final int LONGEST = 256;

  private MarkedArguments() {}

  static Map<String, List<String>> of(@Nullable Object inputSchema) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    find(inputSchema, List.of(), found);
    return found.isEmpty() ? Map.of() : Map.copyOf(found);
  }

  private static void find(
      @Nullable Object schema, List<String> path, Map<String, List<String>> found) {
    if (path.size() >= DEEPEST
        || !(schema instanceof Map<?, ?> members)
        || !(members.get("properties") instanceof Map<?, ?> properties)) {
      return;
    }
    for (Map.Entry<?, ?> property : properties.entrySet()) {
      List<String> inner = new ArrayList<>(path);
      inner.add(String.valueOf(property.getKey()));
      if (property.getValue() instanceof Map<?, ?> own
          && own.get("x-mcp-header") instanceof String name
          && isToken(name)
          && found.size() < MOST) {
        found.putIfAbsent(name, List.copyOf(inner));
      }
      find(property.getValue(), inner, found);
    }
  }

  /** What the name of a field may hold (RFC 9110, 5.6.2). */
  private static boolean isToken(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST
        && name.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }
}
