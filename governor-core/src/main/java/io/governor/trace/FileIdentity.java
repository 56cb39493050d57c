package io.governor.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which file a name leads to, for telling whether an open descriptor still writes where readers
 * look. Holds as long as the file is open, because a freed key may be given to another file. One
 * look costs about as much as the system call under it. Immutable.
 *
 * @param key what the file system knows it by; null where it has no such thing, and the name alone
 *     has to do
 */
record FileIdentity(@Nullable Object key) {

  static FileIdentity of(Path path) throws IOException {
    return new FileIdentity(
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  /** Whether the name leads elsewhere or nowhere; what cannot be looked at counts as there. */
  boolean isGoneFrom(Path path) {
    try {
      return !Objects.equals(key, of(path).key());
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return isBelowAFile(path);
    }
  }

  /** Whether something on the way is no directory, for which there is no exception of its own. */
  private static boolean isBelowAFile(Path path) {
    for (Path up = path.getParent(); up != null; up = up.getParent()) {
      if (Files.exists(up)) {
        return !Files.isDirectory(up);
      }
    }
    return false;
  }
}
