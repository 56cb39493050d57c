package io.governor.mcp;

import io.governor.CallHint;
import io.governor.ToolAnnotations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one server's tools: how rules call them, and what the server says about them.
 * Its words can raise the operation of a call and never lower it. Safe for use by several threads.
 */
final class ServerTools {

  /** As many tools of a server are remembered. */
  private static final int MAX = 10_000;

  private final String server;
  private final PinWatch pins;
  private final PinWatch prompts;
  private final Map<String, ToolAnnotations> annotations = new ConcurrentHashMap<>();
  private final Map<String, Map<String, List<String>>> marked = new ConcurrentHashMap<>();

  ServerTools(String server) {
    this(server, PinWatch.off(server), PinWatch.off(server));
  }

  ServerTools(String server, PinWatch pins, PinWatch prompts) {
    this.server = server;
    this.pins = pins;
    this.prompts = prompts;
  }

  /** What rules know a request by; null when it does not name its tool. */
  @Nullable String nameOf(GovernedMethod method, Map<String, @Nullable Object> params) {
    return method.toolName(server, params);
  }

  /** What rules know a tool by, or a request that calls none, by its method. */
  String nameOf(String tool) {
    return GovernedMethod.toolName(server, tool);
  }

  ToolAnnotations annotations(GovernedMethod method, Map<String, @Nullable Object> params) {
    Object name = method == GovernedMethod.TOOLS_CALL ? params.get("name") : null;
    return name instanceof String tool
        ? annotations.getOrDefault(tool, ToolAnnotations.NONE)
        : ToolAnnotations.NONE;
  }

  /** Whether the tool or prompt is still what somebody trusts, and whether another one looks so. */
  CallHint hint(GovernedMethod method, Map<String, @Nullable Object> params) {
    if (!(params.get("name") instanceof String name)) {
      return CallHint.NONE;
    }
    return switch (method) {
      case TOOLS_CALL -> CallHint.ofTool(pins.isChanged(name), pins.isShadowed(name));
      case PROMPTS_GET -> CallHint.ofTool(prompts.isChanged(name), false);
      default -> CallHint.NONE;
    };
  }

  /** The server listed its tools, or a page of them: they are remembered. */
  void heard(Exchange exchange, Map<?, ?> result) {
    if (result.get("tools") instanceof List<?> tools) {
      tools.forEach(this::remember);
      pins.heard(exchange.cursor(), result, "tools");
    }
  }

  /** The server listed its prompts, or a page of them. */
  void heardPrompts(Exchange exchange, Map<?, ?> result) {
    prompts.heard(exchange.cursor(), result, "prompts");
  }

  private void remember(@Nullable Object tool) {
    if (tool instanceof Map<?, ?> members && members.get("name") instanceof String name) {
      described(name, read(members.get("annotations")));
      mark(name, MarkedArguments.of(members.get("inputSchema")));
    }
  }

  void described(String tool, ToolAnnotations said) {
    if (annotations.size() < MAX || annotations.containsKey(tool)) {
      annotations.put(tool, said);
    }
  }

  private void mark(String tool, Map<String, List<String>> arguments) {
    if (arguments.isEmpty()) {
      marked.remove(tool);
    } else if (marked.size() < MAX || marked.containsKey(tool)) {
      marked.put(tool, arguments);
    }
  }

  /**
   * Where the arguments of a call stand that header fields repeat, as far as its tool was listed.
   */
  Map<String, List<String>> markedArguments(Message.Request request) {
    return request.method().equals("tools/call") && request.params().get("name") instanceof String n
        ? marked.getOrDefault(n, Map.of())
        : Map.of();
  }

  private static ToolAnnotations read(@Nullable Object said) {
    return said instanceof Map<?, ?> hints
        ? new ToolAnnotations(
            flag(hints.get("readOnlyHint")), flag(hints.get("destructiveHint")), false)
        : ToolAnnotations.NONE;
  }

  private static @Nullable Boolean flag(@Nullable Object value) {
    return value instanceof Boolean flag ? flag : null;
  }
}
