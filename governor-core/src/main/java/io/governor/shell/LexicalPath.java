package io.governor.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Paths as text, {@code .} and {@code ..} taken out, in one pass. A relative path is relative to a
 * directory nobody named; the empty one is that directory.
 */
final class LexicalPath {
  /** As long as a path may be on the usual systems. */
  private static final int MAX_CHARACTERS = 4096;

  private LexicalPath() {}

  /** The path that a word names in a directory, or null when it is longer than any path may be. */
  static @Nullable String resolve(String directory, String word) {
    String path = word.startsWith("/") ? word : directory + "/" + word;
    boolean absolute = word.startsWith("/") || directory.startsWith("/");
    return path.length() > MAX_CHARACTERS ? null : normalised(path, absolute);
  }

  private static String normalised(String path, boolean absolute) {
    Deque<String> names = new ArrayDeque<>();
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      add(names, path.substring(start, end), absolute);
      start = end + 1;
    }
    return join(names, absolute);
  }

  private static void add(Deque<String> names, String name, boolean absolute) {
    if (name.equals("..")) {
      boolean climbs = names.isEmpty() || names.getLast().equals("..");
      if (!climbs) {
        names.removeLast();
      } else if (!absolute) {
        names.add(name);
      }
    } else if (!name.isEmpty() && !name.equals(".")) {
      names.add(name);
    }
  }

  private static String join(Deque<String> names, boolean absolute) {
    StringBuilder path = new StringBuilder();
    for (Iterator<String> each = names.iterator(); each.hasNext(); ) {
      path.append(absolute || path.length() > 0 ? "/" : "").append(each.next());
    }
    return absolute && path.length() == 0 ? "/" : path.toString();
  }

  /** Whether a path lies below a directory. */
  static boolean isBelow(String path, String directory) {
    if (directory.isEmpty()) {
      return !path.isEmpty()
          && !path.startsWith("/")
          && !path.equals("..")
          && !path.startsWith("../");
    }
    return directory.equals("/")
        ? path.startsWith("/") && path.length() > 1
        : path.startsWith(directory + "/");
  }
}
