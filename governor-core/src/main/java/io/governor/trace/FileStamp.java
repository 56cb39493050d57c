package io.governor.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
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

  /** How it looks now, or null when there is no such file, or no telling. */
  static @Nullable FileStamp of(Path path) {
    try {
      return existing(path);
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * How it looks now, or null when nothing is there.
   *
   * @throws IOException if it is no regular file, or cannot be looked at
   */
  static @Nullable FileStamp existing(Path path) throws IOException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (!found.isRegularFile()) {
      throw new IOException("it is not a regular file");
    }
    return new FileStamp(found.fileKey(), found.size(), found.lastModifiedTime());
  }
}
