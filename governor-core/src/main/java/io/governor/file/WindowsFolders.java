package io.governor.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Folders of a Windows system that need not be this one: paths are compared by their names, letters
 * of either case being the same, and no link is followed. Immutable; threads may share it.
 *
 * <p>Absolute are {@code C:\…} and {@code \\server\share}, with slashes of either kind (Microsoft:
 * Naming Files, Paths, and Namespaces; File path formats on Windows systems). Of a path that
 * Windows may take for another one than it spells ({@link Refusal}) the answer is the one for
 * doubt; so it is of a path that begins at whatever the current drive is.
 */
public final class WindowsFolders {
  private static final String PARENT = "..";

  private final List<List<String>> roots;

  private WindowsFolders(List<List<String>> roots) {
    this.roots = roots;
  }

  /**
   * @param folders absolute paths
   * @throws IllegalArgumentException if one of them is no absolute path of Windows
   */
  public static WindowsFolders under(List<String> folders) {
    List<List<String>> roots = new ArrayList<>();
    for (String folder : folders) {
      if (!isWindows(folder)) {
        throw new IllegalArgumentException(
            "a folder is no absolute path of Windows: one such as C:\\work is needed");
      }
      roots.add(names(folder));
    }
    return new WindowsFolders(List.copyOf(roots));
  }

  /** Whether a path is one of Windows by its beginning: a drive and a slash, or two backslashes. */
  public static boolean isWindows(String path) {
    return WindowsText.hasDrive(path) || path.startsWith("\\\\");
  }

  /**
   * Whether a path is one of the folders or lies in one. A relative path lies in none.
   *
   * @param inDoubt what is said of a path that may be another one than it spells
   */
  public boolean contain(String path, boolean inDoubt) {
    @Nullable Refusal refusal = WindowsText.refusal(path);
    boolean rooted = path.startsWith("/") || path.startsWith("\\");
    if (refusal != null || (rooted && !path.startsWith("\\\\"))) {
      return inDoubt;
    }
    if (!isWindows(path)) {
      return false;
    }
    List<String> names = names(path);
    return roots.stream()
        .anyMatch(
            root -> names.size() >= root.size() && names.subList(0, root.size()).equals(root));
  }

  /** The drive or the server and its share first; nothing leads above them. */
  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    int fixed = path.startsWith("\\\\") ? 2 : 1;
    StringTokenizer tokens = new StringTokenizer(path.toLowerCase(Locale.ROOT), "/\\");
    while (tokens.hasMoreTokens()) {
      String name = tokens.nextToken();
      if (!name.equals(PARENT) && !name.equals(".")) {
        names.add(name);
      } else if (name.equals(PARENT) && names.size() > fixed) {
        names.remove(names.size() - 1);
      }
    }
    return names;
  }

  /** Sizes only. */
  @Override
  public String toString() {
    return "WindowsFolders[" + roots.size() + " roots]";
  }
}
