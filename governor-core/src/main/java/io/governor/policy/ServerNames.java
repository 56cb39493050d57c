package io.governor.policy;

import io.governor.pattern.Glob;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tools can belong to which MCP servers, and which servers two conditions leave. Stateless.
 */
final class ServerNames {

  private static final String PREFIX = "mcp__";
  private static final String SEPARATOR = "__";

  private ServerNames() {}

  /** Whether no server is of all these lists, and of none of those. */
  static boolean contradict(List<Literal> together, Effort effort) {
    List<List<Wildcard>> wanted = new ArrayList<>();
    for (Literal literal : together) {
      if (literal.wanted() && literal.atom() instanceof Condition.ServerIs servers) {
        wanted.add(wildcards(servers.servers(), effort));
      }
    }
    return anyApart(wanted)
        || Feasibility.anyPair(
            together,
            Condition.ServerIs.class,
            (one, other) ->
                Wildcard.allIncluded(
                    wildcards(other.servers(), effort), wildcards(one.servers(), effort)));
  }

  private static boolean anyApart(List<List<Wildcard>> wanted) {
    for (List<Wildcard> one : wanted) {
      for (List<Wildcard> other : wanted) {
        if (!Wildcard.anyMeet(one, other)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Empty where one of them is not known. */
  private static List<Wildcard> wildcards(List<String> globs, Effort effort) {
    List<Wildcard> all = new ArrayList<>();
    for (String glob : globs) {
      List<Wildcard> own = effort.glob(glob);
      if (own.isEmpty()) {
        return List.of();
      }
      all.addAll(own);
    }
    return all;
  }

  /** Whether a tool of this name or glob may satisfy what the literals say of its server. */
  static boolean mayBe(String tool, List<Literal> together, Effort effort) {
    for (Literal literal : together) {
      if (literal.atom() instanceof Condition.ServerIs servers
          && !(literal.wanted()
              ? mayBelong(tool, servers.servers(), effort)
              : mayNotBelong(tool, servers.servers()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayBelong(String tool, List<String> servers, Effort effort) {
    if (isServerKnown(tool)) {
      return belongs(tool, servers);
    }
    List<Wildcard> named = effort.glob(tool);
    return !Glob.of(tool).isExact()
        && servers.stream()
            .anyMatch(
                server -> Wildcard.anyMeet(named, effort.glob(PREFIX + server + SEPARATOR + "*")));
  }

  private static boolean mayNotBelong(String tool, List<String> servers) {
    return !isServerKnown(tool) || !belongs(tool, servers);
  }

  private static boolean belongs(String tool, List<String> servers) {
    int end = tool.indexOf(SEPARATOR, PREFIX.length());
    String server = tool.substring(PREFIX.length(), end);
    return servers.stream().anyMatch(glob -> Glob.of(glob).matches(server));
  }

  private static boolean isServerKnown(String tool) {
    String known = literalStart(tool);
    return known.startsWith(PREFIX) && known.indexOf(SEPARATOR, PREFIX.length()) >= 0;
  }

  private static String literalStart(String tool) {
    int end = 0;
    while (end < tool.length() && "*?[{".indexOf(tool.charAt(end)) < 0) {
      end++;
    }
    return tool.substring(0, end);
  }
}
