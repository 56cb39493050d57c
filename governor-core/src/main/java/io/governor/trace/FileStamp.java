package io.governor.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What a file looks like from outside, for telling whether it was touched. One look costs about as
 * much as the system call under it. Immutable.
 *
 * @param key what the file system knows it by, or null where it has no such thing
 * @param size its bytes
 * @param modified when it was written last, as precisely as the file system tells
 */
record FileStamp(@Nullable Object key, long size, FileTime modified) {

  /** How it looks now, or null when there is no such file. */
  static @Nullable FileStamp of(Path path) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile()
          ? new FileStamp(found.fileKey(), found.size(), found.lastModifiedTime())
          : null;
    } catch (IOException e) {
      return null;
    }
  }
}
