package io.governor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The folder that {@link WindowFile}s are in, and what makes room there. Methods but {@link #lock}
 * and {@link #file} are called by who holds the lock. Stateless.
 */
final class WindowFolder {

  private static final String SUFFIX = ".calls";
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(31);

  private final Path path;
  private final int mostWindows;

  private record Kept(Path file, FileTime expires) {}

  /**
   * @param mostWindows how many windows are left when room is made
   */
  WindowFolder(Path path, int mostWindows) {
    this.path = path;
    this.mostWindows = mostWindows;
  }

  Path lock() {
    return path.resolve("windows.lock");
  }

  /** Keys hold ids of hosts, which need not be names of files. */
  Path file(String key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(key.getBytes(StandardCharsets.UTF_8));
      return path.resolve(HexFormat.of().formatHex(hash, 0, 16) + SUFFIX);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Deletes windows whose calls have all left them and, beyond the bound, those that expire first;
   * also what a killed process has left half-written. Once a minute at most: when it was done last
   * is the last modification of the lock file.
   */
  void makeRoom(Instant now) throws IOException {
    Duration sinceLast = Duration.between(Files.getLastModifiedTime(lock()).toInstant(), now);
    if (!sinceLast.isNegative() && sinceLast.compareTo(BETWEEN_LOOKS) < 0) {
      return;
    }
    List<Kept> kept = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        look(file, now, kept);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    kept.sort(Comparator.comparing(Kept::expires));
    for (int i = 0; i < kept.size() - mostWindows; i++) {
      Files.deleteIfExists(kept.get(i).file());
    }
    Files.setLastModifiedTime(lock(), FileTime.from(now));
  }

  private static void look(Path file, Instant now, List<Kept> kept) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".tmp")) {
      Files.deleteIfExists(file);
    } else if (name.endsWith(SUFFIX) && !deleted(file, now)) {
      kept.add(new Kept(file, Files.getLastModifiedTime(file)));
    }
  }

  private static boolean deleted(Path file, Instant now) throws IOException {
    Instant expires = Files.getLastModifiedTime(file).toInstant();
    boolean canBeOver = !expires.isAfter(now) || expires.isAfter(now.plus(LONGEST_WINDOW));
    return canBeOver && isOver(file, expires, now) && Files.deleteIfExists(file);
  }

  private static boolean isOver(Path file, Instant expires, Instant now) {
    try (WindowFile window = WindowFile.open(file)) {
      return window.isOver(now.toEpochMilli());
    } catch (IOException e) {
      // Nobody can say what it has counted; whoever looks for a limit in it is told.
      return expires.plus(LONGEST_WINDOW).isBefore(now);
    }
  }
}
