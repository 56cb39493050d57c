package io.governor.policy;

import io.governor.CallFacts;
import io.governor.SessionFolders;
import io.governor.file.FollowedPaths;
import io.governor.file.RootedFiles;
import io.governor.file.WindowsFolders;
import io.governor.shell.TouchedPath;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folders as a policy names them, with {@code ~} and variables. The entries say whose paths are
 * meant: {@code /…} those of POSIX systems, {@code C:\…} and {@code \\server\share} those of
 * Windows, variables those of the system this runs on. Safe for use by many threads.
 */
final class FolderSet {

  private final List<String> names;

  // The folders of a session hardly ever change, so one answer is kept.
  private volatile @Nullable Resolved last;

  /**
   * The folders where the variables stand for these.
   *
   * @param files those of this system, followed; null when there are none
   * @param roots the same with what belongs to them
   * @param windows those of Windows, where this is another system
   */
  private record Resolved(
      SessionFolders of,
      @Nullable RootedFiles files,
      List<Root> roots,
      @Nullable WindowsFolders windows) {}

  /**
   * One folder.
   *
   * @param path absolute
   * @param own how many of its last names the policy writes itself; one for a mere variable
   */
  private record Root(Path path, int own) {}

  FolderSet(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * Whether the path lies in one of them; relative paths start where the call does.
   *
   * @param followed what the same decision has asked before
   * @param inDoubt what is said of a path that some reader may take for another one
   */
  boolean contain(String path, SessionFolders folders, FollowedPaths followed, boolean inDoubt) {
    Resolved resolved = resolved(folders);
    if (resolved.windows != null && (resolved.files == null || WindowsFolders.isWindows(path))) {
      return resolved.windows.contain(path, inDoubt);
    }
    RootedFiles files = resolved.files;
    if (files == null) {
      return false;
    }
    String full = expanded(path, folders);
    RootedFiles.Verdict verdict = files.resolve(full, folders.start(), followed);
    if (verdict instanceof RootedFiles.Refused) {
      return inDoubt;
    }
    // Without a folder to start from nobody knows where a relative path leads.
    return verdict instanceof RootedFiles.Inside && (folders.start() != null || isAbsolute(full));
  }

  /**
   * Whether a command touches one of them.
   *
   * @param certain whether the paths are ones for sure; pieces of words only count in doubt
   * @param inDoubt what is said of a path that may be, or may lead to, one of them
   */
  boolean touched(List<TouchedPath> paths, CallFacts facts, boolean certain, boolean inDoubt) {
    SessionFolders folders = facts.folders();
    Resolved resolved = resolved(folders);
    for (TouchedPath path : paths) {
      // Operands of commands are full of colons, so what is refused is no doubt of its own.
      if ((certain && path.isKnown() && contain(path.text(), folders, facts.paths(), false))
          || (inDoubt && mayTouch(path, resolved, facts.paths()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayTouch(TouchedPath path, Resolved resolved, FollowedPaths followed) {
    if (mayName(path, resolved.roots)) {
      return true;
    }
    String start = resolved.files == null ? null : path.fixedStart();
    Path real =
        start == null || resolved.files == null ? null : resolved.files.real(start, followed);
    return real != null
        && !real.toString().equals(start)
        && mayName(path.startingAt(real), resolved.roots);
  }

  private static boolean mayName(TouchedPath path, List<Root> roots) {
    for (Root root : roots) {
      if (path.mayName(root.path, root.own)) {
        return true;
      }
    }
    return false;
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

  private Resolved resolved(SessionFolders folders) {
    Resolved resolved = last;
    if (resolved == null || !resolved.of.equals(folders)) {
      resolved = resolve(folders);
      last = resolved;
    }
    return resolved;
  }

  private Resolved resolve(SessionFolders folders) {
    List<Path> paths = new ArrayList<>();
    List<Root> roots = new ArrayList<>();
    List<String> windows = new ArrayList<>();
    for (String name : names) {
      boolean foreign = WindowsFolders.isWindows(name) && File.separatorChar == '/';
      Path path = foreign ? null : root(name, folders);
      if (foreign) {
        windows.add(name);
      } else if (path != null && path.isAbsolute()) {
        paths.add(path);
        roots.add(new Root(path, own(name, path)));
      }
    }
    RootedFiles files = paths.isEmpty() ? null : RootedFiles.under(paths);
    if (files != null) {
      for (int i = 0; i < paths.size(); i++) {
        roots.add(new Root(files.roots().get(i), roots.get(i).own));
      }
    }
    return new Resolved(
        folders,
        files,
        roots.stream().distinct().toList(),
        windows.isEmpty() ? null : WindowsFolders.under(windows));
  }

  private static int own(String name, Path path) {
    boolean variable = name.startsWith("~") || name.startsWith("${");
    int slash = name.indexOf('/');
    int written = slash < 0 ? 0 : Path.of(name.substring(slash + 1)).normalize().getNameCount();
    boolean mere = slash < 0 || slash == name.length() - 1;
    return variable ? (mere ? 1 : written) : path.getNameCount();
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
