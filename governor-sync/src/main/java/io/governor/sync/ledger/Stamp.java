package io.governor.sync.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
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
  private static final String UNIX = "unix:dev,ino,size,lastModifiedTime,ctime";

  /** How a file looks now; links are followed. */
  static Stamp of(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? unix(Files.readAttributes(file, UNIX))
        : basic(Files.readAttributes(file, BasicFileAttributes.class));
  }

  private static Stamp unix(Map<String, Object> found) {
    return of(
        found.get("dev") + ":" + found.get("ino"),
        (Long) Objects.requireNonNull(found.get("size")),
        (FileTime) Objects.requireNonNull(found.get("lastModifiedTime")),
        (FileTime) Objects.requireNonNull(found.get("ctime")));
  }

  private static Stamp basic(BasicFileAttributes found) {
    Object key = found.fileKey();
    return of(
        key == null ? "" : key.toString(),
        found.size(),
        found.lastModifiedTime(),
        found.creationTime());
  }

  private static Stamp of(String key, long size, FileTime modified, FileTime changed) {
    long later = Math.max(modified.to(TimeUnit.NANOSECONDS), changed.to(TimeUnit.NANOSECONDS));
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    return new Stamp(
        key,
        size,
        modified.to(TimeUnit.NANOSECONDS),
        changed.to(TimeUnit.NANOSECONDS),
        now - later > TICK_NANOS);
  }

  /** Whether it looks the same, whenever that was seen. */
  boolean looksLike(Stamp other) {
    return key.equals(other.key)
        && size == other.size
        && modified == other.modified
        && changed == other.changed;
  }
}
