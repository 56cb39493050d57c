package io.governor;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tool's name tells: operation and target (execution record, section 5.2), and whether it
 * names a place that outlives the session (section 5.5).
 *
 * @param operation what the name says the tool does
 * @param target the system the name says it touches
 */
record ToolName(Operation operation, String target) {

  // Written out for the sake of cold starts; see RuleId.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ToolName name
        && operation == name.operation
        && target.equals(name.target);
  }

  @Override
  public int hashCode() {
    return 31 * operation.hashCode() + target.hashCode();
  }

  private static final Set<String> QUESTIONS =
      Set.of("get", "describe", "show", "is", "has", "can");
  private static final Set<String> CONJUNCTIONS = Set.of("and", "or", "then");

  private static final Set<String> DELETE =
      Set.of(
          "delete",
          "remove",
          "drop",
          "destroy",
          "erase",
          "purge",
          "wipe",
          "unlink",
          "prune",
          "uninstall");
  private static final Set<String> DELETE_FIRST = Set.of("rm", "del", "clear", "trash", "discard");
  private static final Set<String> WRITE =
      Set.of(
          "write",
          "overwrite",
          "rewrite",
          "update",
          "upsert",
          "create",
          "recreate",
          "insert",
          "put",
          "append",
          "modify",
          "rename",
          "truncate");
  private static final Set<String> WRITE_FIRST =
      Set.of(
          "add",
          "set",
          "save",
          "store",
          "edit",
          "patch",
          "post",
          "send",
          "publish",
          "submit",
          "upload",
          "move",
          "copy",
          "replace",
          "import",
          "install",
          "merge",
          "commit",
          "push",
          "assign",
          "pay",
          "transfer",
          "cancel",
          "approve",
          "reject");
  private static final Set<String> EXECUTE = Set.of("execute", "exec", "run", "rerun", "eval");
  private static final Set<String> EXECUTE_FIRST =
      Set.of(
          "call",
          "invoke",
          "start",
          "stop",
          "restart",
          "kill",
          "launch",
          "spawn",
          "deploy",
          "shell",
          "bash",
          "terminal");

  private static final Set<String> PERSISTENT =
      Set.of("database", "filesystem", "logging", "storage", "memory", "vectorstore");

  private static final String MCP_PREFIX = "mcp__";

  static ToolName parse(String name) {
    if (name.startsWith(MCP_PREFIX) && name.length() > MCP_PREFIX.length()) {
      return parseMcp(name.substring(MCP_PREFIX.length()));
    }
    int dot = name.indexOf('.');
    String target = dot > 0 ? name.substring(0, dot) : name;
    return new ToolName(operation(name.substring(dot + 1)), target);
  }

  private static ToolName parseMcp(String serverAndTool) {
    int end = serverAndTool.indexOf("__");
    return end < 0
        ? new ToolName(Operation.READ, serverAndTool)
        : new ToolName(
            operation(serverAndTool.substring(end + 2)), serverAndTool.substring(0, end));
  }

  private static Operation operation(String actionPart) {
    List<String> words = ToolWords.of(actionPart);
    if (words.isEmpty()) {
      return Operation.READ;
    }
    String first = words.get(0);
    if (QUESTIONS.contains(first) && Collections.disjoint(words, CONJUNCTIONS)) {
      return Operation.READ;
    }
    if (hits(words, DELETE, DELETE_FIRST)) {
      return Operation.DELETE;
    }
    if (hits(words, WRITE, WRITE_FIRST)) {
      return Operation.WRITE;
    }
    return hits(words, EXECUTE, EXECUTE_FIRST) ? Operation.EXECUTE : Operation.READ;
  }

  private static boolean hits(List<String> words, Set<String> anywhere, Set<String> onlyFirst) {
    return onlyFirst.contains(words.get(0)) || !Collections.disjoint(words, anywhere);
  }

  /**
   * Whether the text names a persistence target: one of its words, or {@code vector store} in a
   * row.
   */
  static boolean namesPersistence(String text) {
    List<String> words = ToolWords.of(text);
    for (int i = 0; i < words.size(); i++) {
      boolean vectorStore =
          words.get(i).equals("vector") && i + 1 < words.size() && words.get(i + 1).equals("store");
      if (vectorStore || PERSISTENT.contains(words.get(i))) {
        return true;
      }
    }
    return false;
  }
}
