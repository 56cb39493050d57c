package io.governor.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that rules look at, as if each were the call of a tool. Those that call no tool bear
 * the method's name in its place, which no rule for a tool's exact name can mean by accident: it
 * holds a slash.
 */
enum GovernedMethod {
  TOOLS_CALL("tools/call", Side.CLIENT),
  RESOURCES_READ("resources/read", Side.CLIENT),
  PROMPTS_GET("prompts/get", Side.CLIENT),
  COMPLETION("completion/complete", Side.CLIENT),
  SAMPLING("sampling/createMessage", Side.SERVER),
  ELICITATION("elicitation/create", Side.SERVER);

  private final String method;
  private final Side asks;

  GovernedMethod(String method, Side asks) {
    this.method = method;
    this.asks = asks;
  }

  static @Nullable GovernedMethod of(Side sender, String method) {
    for (GovernedMethod governed : values()) {
      if (governed.asks == sender && governed.method.equals(method)) {
        return governed;
      }
    }
    return null;
  }

  /**
   * What rules know the call by.
   *
   * @return null when the request does not name its tool
   */
  @Nullable String toolName(String server, Map<String, @Nullable Object> params) {
    if (this != TOOLS_CALL) {
      return toolName(server, method);
    }
    return params.get("name") instanceof String name && !name.isEmpty()
        ? toolName(server, name)
        : null;
  }

  static String toolName(String server, String tool) {
    return "mcp__" + server + "__" + tool;
  }

  /** The member of the parameters that holds the arguments; null when all of them are. */
  @Nullable String argumentsMember() {
    return this == TOOLS_CALL ? "arguments" : null;
  }
}
