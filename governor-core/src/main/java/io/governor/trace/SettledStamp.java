package io.governor.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a file looks that was not touched for a while: as long as it looks the same it holds the
 * same. Immutable.
 *
 * @param key what the file system knows it by, empty where there is no such thing
 * @param size its bytes
 * @param modified when it was written last, in nanoseconds since 1970
 * @param changed the same for its inode, which nobody can set; where it is not known, when the file
 *     was created
 */
record SettledStamp(String key, long size, long modified, long changed) {

  /** A later change could bear the same times: clocks of file systems tick in milliseconds. */
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final String CTIME = "unix:ctime";

  /**
   * How it looks, links followed; null when that is not settled, or there is no such file.
   *
   * @param now what files are dated by
   */
  static @Nullable SettledStamp of(Path file, Instant now) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      SettledStamp stamp = found.isRegularFile() ? of(file, found) : null;
      return stamp != null && stamp.isSettled(now) ? stamp : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static SettledStamp of(Path file, BasicFileAttributes found) throws IOException {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    FileTime changed = unix ? (FileTime) Files.getAttribute(file, CTIME) : found.creationTime();
    Object key = found.fileKey();
    return new SettledStamp(
        key == null ? "" : key.toString(),
        found.size(),
        found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        changed.to(TimeUnit.NANOSECONDS));
  }

  private boolean isSettled(Instant now) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli());
    return nanos - Math.max(modified, changed) > TICK_NANOS;
  }
}
