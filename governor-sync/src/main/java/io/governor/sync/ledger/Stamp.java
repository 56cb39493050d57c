package io.governor.sync.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * How a file looks from outside: as long as it looks the same it is not read again. Immutable.
 *
 * @param key what the file system knows it by; its device and number, or nothing where there is no
 *     such thing
 * @param size its bytes
 * @param modified when it was written last, in nanoseconds since 1970
 * @param changed the same for its inode, which nobody can set; where it is not known, when the file
 *     was created
 * @param settled whether it was not touched for a while, so that a later change cannot bear the
 *     same times: clocks of file systems tick in milliseconds
 */
record Stamp(String key, long size, long modified, long changed, boolean settled) {

  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final String CTIME = "unix:ctime";

  /** How a file looks now; links are followed. */
  static Stamp of(Path file) throws IOException {
    return of(file, Files.readAttributes(file, BasicFileAttributes.class));
  }

  /**
   * The same of a file that was just looked at.
   *
   * @param found what was seen
   */
  static Stamp of(Path file, BasicFileAttributes found) throws IOException {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    FileTime changed = unix ? (FileTime) Files.getAttribute(file, CTIME) : found.creationTime();
    Object key = found.fileKey();
    return of(
        key == null ? "" : key.toString(),
        found.size(),
        found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        changed.to(TimeUnit.NANOSECONDS));
  }

  private static Stamp of(String key, long size, long modified, long changed) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    boolean settled = now - Math.max(modified, changed) > TICK_NANOS;
    return new Stamp(key, size, modified, changed, settled);
  }

  /** Whether it looks the same, whenever that was seen. */
  boolean looksLike(Stamp other) {
    return key.equals(other.key)
        && size == other.size
        && modified == other.modified
        && changed == other.changed;
  }
}
