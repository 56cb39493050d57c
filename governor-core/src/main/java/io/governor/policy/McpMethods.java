package io.governor.policy;

import io.governor.pattern.Glob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the Model Context Protocol that rules look at, as tools' names tell them: a name
 * {@code mcp__server__tool} is a call of a tool, unless a method stands in the tool's place.
 * Stateless.
 */
final class McpMethods {

  /** The request that calls a tool. */
  static final String TOOLS_CALL = "tools/call";

  /** All of them, in the protocol's order. */
  static final List<String> ALL =
      List.of(
          TOOLS_CALL,
          "resources/read",
          "prompts/get",
          "completion/complete",
          "sampling/createMessage",
          "elicitation/create",
          "tasks/get",
          "tasks/result",
          "tasks/update");

  private static final String PREFIX = "mcp__";
  private static final String SEPARATOR = "__";

  private McpMethods() {}

  /** The server in {@code mcp__server__tool}, or null for any other name. */
  static @Nullable String server(String tool) {
    int end = serverEnd(tool);
    return end < 0 ? null : tool.substring(PREFIX.length(), end);
  }

  private static int serverEnd(String tool) {
    return tool.startsWith(PREFIX) ? tool.indexOf(SEPARATOR, PREFIX.length()) : -1;
  }

  /** The method that a tool's name tells, or null for tools that belong to no server. */
  static @Nullable String of(String tool) {
    int end = serverEnd(tool);
    if (end < 0) {
      return null;
    }
    String called = tool.substring(end + SEPARATOR.length());
    return ALL.contains(called) ? called : TOOLS_CALL;
  }

  /** The methods that names or globs stand for. */
  static Set<String> named(List<String> globs) {
    List<Glob> all = globs.stream().map(Glob::of).toList();
    Set<String> methods = new LinkedHashSet<>(ALL);
    methods.removeIf(method -> all.stream().noneMatch(glob -> glob.matches(method)));
    return methods;
  }

  /** Methods, or globs that stand for one at least. */
  static List<String> read(Located value) {
    List<String> methods = new ArrayList<>();
    for (Located item : value.oneOrMore(Words.list(ALL), PolicyBounds.LIST)) {
      String glob = Globs.readOne(item, Words.list(ALL));
      if (glob != null && named(List.of(glob)).isEmpty()) {
        item.refuse("expected " + Words.list(ALL) + Words.meant(glob, ALL));
      } else if (glob != null) {
        methods.add(glob);
      }
    }
    return methods;
  }

  /** Whether no method is of all these lists and of none of those, and neither is none at all. */
  static boolean contradict(List<Literal> together) {
    Set<String> left = new LinkedHashSet<>(ALL);
    boolean none = true;
    for (Literal literal : together) {
      if (literal.atom() instanceof Condition.MethodIs is) {
        Set<String> own = named(is.methods());
        left.removeIf(method -> own.contains(method) != literal.wanted());
        none &= !literal.wanted();
      }
    }
    return left.isEmpty() && !none;
  }

  /** Whether calls of a tool of this exact name satisfy what the literals say of their method. */
  static boolean mayBe(String tool, List<Literal> together) {
    if (!Glob.of(tool).isExact()) {
      return true;
    }
    String method = of(tool);
    return together.stream()
        .noneMatch(
            literal ->
                literal.atom() instanceof Condition.MethodIs is
                    && named(is.methods()).contains(method) != literal.wanted());
  }
}
