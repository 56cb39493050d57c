package io.governor.policy;

import io.governor.pattern.Glob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the tools of a rule can belong to the MCP servers it asks for. Stateless. */
final class ServerNames {

  private static final String PREFIX = "mcp__";
  private static final String SEPARATOR = "__";

  private ServerNames() {}

  /** Why no tool of these belongs to a server the condition asks for, or null. */
  static @Nullable String contradiction(List<String> tools, Condition when) {
    for (Condition condition : ConditionParts.together(when)) {
      if (condition instanceof Condition.ServerIs servers
          && tools.stream().noneMatch(tool -> mayBelong(tool, servers.servers()))) {
        return "none of its tools has a name mcp__server__tool of the servers under server";
      }
    }
    return null;
  }

  private static boolean mayBelong(String tool, List<String> servers) {
    String known = literalStart(tool);
    if (!known.startsWith(PREFIX)) {
      return PREFIX.startsWith(known) && known.length() < tool.length();
    }
    int end = known.indexOf(SEPARATOR, PREFIX.length());
    if (end < 0) {
      return known.length() < tool.length();
    }
    String server = known.substring(PREFIX.length(), end);
    return servers.stream().anyMatch(glob -> Glob.of(glob).matches(server));
  }

  private static String literalStart(String tool) {
    int end = 0;
    while (end < tool.length() && "*?[{".indexOf(tool.charAt(end)) < 0) {
      end++;
    }
    return tool.substring(0, end);
  }
}
