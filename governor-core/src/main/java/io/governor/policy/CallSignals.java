package io.governor.policy;

import io.governor.CallFacts;
import io.governor.Operation;
import io.governor.ToolArguments;
import io.governor.policy.Risk.Signal;
import io.governor.shell.ShellCommand;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Tells which signals of risk a call carries. Pure; any thread may use it. */
public final class CallSignals {

  private static final FolderSet WORKSPACE = new FolderSet(List.of("${workspace}"));

  /** Names of arguments that hold a path, by the conventions of tools for files. */
  private static final Set<String> PATHS =
      Set.of(
          "path",
          "file",
          "file_path",
          "filepath",
          "notebook_path",
          "dir",
          "directory",
          "folder",
          "source",
          "destination",
          "src",
          "dst");

  private static final List<String> NETWORK_PROGRAMS =
      List.of("curl", "wget", "ssh", "scp", "sftp", "rsync", "nc", "ncat", "telnet", "ftp");

  private CallSignals() {}

  /** Whether the signal is present; {@link Signal#BURST} is not to be seen in one call. */
  public static boolean present(Signal signal, CallFacts facts) {
    return switch (signal) {
      case EXECUTE -> facts.operation() == Operation.EXECUTE;
      case WRITE -> facts.operation() == Operation.WRITE || facts.operation() == Operation.DELETE;
      case DESTRUCTIVE -> facts.command() != null && facts.command().destructive();
      case NETWORK -> usesNetwork(facts);
      case DETECTION -> isReadable(facts) && !facts.detections().counts().isEmpty();
      case OUTSIDE_ROOT -> leavesWorkspace(facts);
      case BURST -> false;
    };
  }

  private static boolean usesNetwork(CallFacts facts) {
    ShellCommand command = facts.command();
    return (command != null && command.programs().stream().anyMatch(NETWORK_PROGRAMS::contains))
        || anyText(members(facts), text -> UrlHost.of(text) != null);
  }

  private static boolean leavesWorkspace(CallFacts facts) {
    if (facts.folders().workspace() == null) {
      return false;
    }
    Predicate<String> outside =
        path -> !WORKSPACE.contain(path, facts.folders(), facts.paths(), false);
    ShellCommand command = facts.command();
    if (command != null
        && command.touched().stream().anyMatch(path -> outside.test(path.toString()))) {
      return true;
    }
    return members(facts).entrySet().stream()
        .filter(argument -> PATHS.contains(argument.getKey()))
        .anyMatch(argument -> argument.getValue() instanceof String path && outside.test(path));
  }

  private static boolean isReadable(CallFacts facts) {
    ToolArguments arguments = facts.call().arguments();
    return arguments.problem() == null || arguments.text() != null;
  }

  private static Map<String, Object> members(CallFacts facts) {
    boolean readable = facts.call().arguments().problem() == null;
    return readable ? facts.call().arguments().asMap() : Map.of();
  }

  private static boolean anyText(Object root, Predicate<String> accepts) {
    Deque<Object> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Object value = open.pop();
      if (value instanceof String text && accepts.test(text)) {
        return true;
      }
      if (value instanceof Map<?, ?> members) {
        members.values().stream().filter(each -> each != null).forEach(open::push);
      } else if (value instanceof List<?> items) {
        items.stream().filter(each -> each != null).forEach(open::push);
      }
    }
    return false;
  }
}
