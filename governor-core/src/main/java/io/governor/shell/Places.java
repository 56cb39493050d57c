package io.governor.shell;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directories that decide whether a removal matters. Immutable.
 *
 * @param start where the command text starts, as an absolute path, or empty when nobody told
 * @param home the user's home as an absolute path, or null when nobody told
 */
record Places(String start, @Nullable String home) {
  /** Their contents may vanish at any time: the Filesystem Hierarchy Standard, and macOS. */
  private static final List<String> TEMPORARY =
      List.of(
          "/tmp",
          "/var/tmp",
          "/private/tmp",
          "/private/var/tmp",
          "/var/folders",
          "/private/var/folders");

  static Places of(@Nullable Path start, @Nullable Path home) {
    @Nullable String from = start == null ? null : absolute(start);
    return new Places(from == null ? "" : from, home == null ? null : absolute(home));
  }

  private static @Nullable String absolute(Path path) {
    return LexicalPath.resolve("/", path.toAbsolutePath().toString().replace('\\', '/'));
  }

  static boolean isTemporary(String path) {
    return TEMPORARY.stream()
        .anyMatch(directory -> path.equals(directory) || LexicalPath.isBelow(path, directory));
  }

  boolean isRootOrHome(String path) {
    return path.equals("/") || path.equals(home);
  }

  /** Below the directory the text starts in, unless that is one nobody works in. */
  boolean isInWorkspace(String path) {
    return !isRootOrHome(start) && LexicalPath.isBelow(path, start);
  }

  @Override
  public String toString() {
    return "Places[" + (start.isEmpty() ? "start unknown" : "start known") + "]";
  }
}
