package io.governor.policy;

import io.governor.CallFacts;
import io.governor.SessionFolders;
import io.governor.file.RootedFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folders as a policy names them, with {@code ~} and variables. Safe for use by many threads. */
final class FolderSet {

  private final List<String> names;

  // The folders of a session hardly ever change, so one answer is kept.
  private volatile @Nullable Resolved last;

  private record Resolved(SessionFolders of, @Nullable RootedFiles files) {}

  FolderSet(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * Whether the path lies in one of them; relative paths start at the session's workspace.
   *
   * @param inDoubt what is said of a path that some reader may take for another one
   */
  boolean contain(String path, CallFacts facts, boolean inDoubt) {
    SessionFolders folders = facts.folders();
    Resolved resolved = last;
    if (resolved == null || !resolved.of.equals(folders)) {
      resolved = new Resolved(folders, files(folders));
      last = resolved;
    }
    RootedFiles files = resolved.files;
    if (files == null) {
      return false;
    }
    String full = expanded(path, folders);
    RootedFiles.Verdict verdict = files.resolve(full, folders.workspace(), facts.paths());
    if (verdict instanceof RootedFiles.Refused) {
      return inDoubt;
    }
    // Without a workspace nobody knows where a relative path starts.
    return verdict instanceof RootedFiles.Inside
        && (folders.workspace() != null || isAbsolute(full));
  }

  private static boolean isAbsolute(String text) {
    Path path = path(text, null);
    return path != null && path.isAbsolute();
  }

  private static String expanded(String path, SessionFolders folders) {
    Path home = folders.home();
    boolean below = path.equals("~") || path.startsWith("~/");
    return below && home != null ? home + path.substring(1) : path;
  }

  private @Nullable RootedFiles files(SessionFolders folders) {
    List<Path> roots = new ArrayList<>();
    for (String name : names) {
      Path root = root(name, folders);
      if (root != null && root.isAbsolute()) {
        roots.add(root);
      }
    }
    return roots.isEmpty() ? null : RootedFiles.under(roots);
  }

  /** The folder of a name, or null when a variable in it is not known. */
  private static @Nullable Path root(String name, SessionFolders folders) {
    String variable = name.startsWith("~") ? "home" : variable(name);
    if (variable == null) {
      return path(name, folders.workspace());
    }
    Path folder = folders.named(variable);
    String rest = name.substring(name.startsWith("~") ? 1 : variable.length() + 3);
    return folder == null ? null : path(folder + rest, null);
  }

  private static @Nullable String variable(String name) {
    int close = name.indexOf('}');
    return name.startsWith("${") && close > 0 ? name.substring(2, close) : null;
  }

  private static @Nullable Path path(String text, @Nullable Path start) {
    try {
      Path path = Path.of(text);
      return (start == null ? path : start.resolve(path)).normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
