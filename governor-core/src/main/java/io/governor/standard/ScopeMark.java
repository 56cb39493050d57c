package io.governor.standard;

import io.governor.Operation;
import java.util.Optional;

/**
 * What task boundaries compare of a scope event (execution record, section 7.4). Immutable.
 *
 * @param targetSystem the event's target
 * @param operation what the call does
 */
public record ScopeMark(String targetSystem, Operation operation) {

  private static final String SHELL = "shell";

  /** The first parts of the target between {@code /} and {@code .}; all of the shell is one. */
  Optional<String> directory(int depth) {
    if (isShell()) {
      return Optional.of(SHELL);
    }
    StringBuilder directory = new StringBuilder();
    int parts = 0;
    for (int start = 0; start < targetSystem.length() && parts < depth; ) {
      int end = start;
      while (end < targetSystem.length() && "/.".indexOf(targetSystem.charAt(end)) < 0) {
        end++;
      }
      if (end > start) {
        directory.append(parts++ == 0 ? "" : "/").append(targetSystem, start, end);
      }
      start = end + 1;
    }
    return parts == 0 ? Optional.empty() : Optional.of(directory.toString());
  }

  /** What follows the last dot of the last path part; nothing in the shell has one. */
  Optional<String> fileType() {
    String name = targetSystem.substring(targetSystem.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    boolean known = !isShell() && dot >= 0 && dot < name.length() - 1;
    return known ? Optional.of(name.substring(dot + 1)) : Optional.empty();
  }

  private boolean isShell() {
    return targetSystem.equals(SHELL) || targetSystem.startsWith(SHELL + "/");
  }
}
