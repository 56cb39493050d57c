package io.governor;

import io.governor.file.OwnerOnly;
import io.governor.file.ProcessLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/**
 * Counts the calls of all processes that use one folder, such as hooks, which live for one call. A
 * window is an owner-only file of the times of its calls, one a line in milliseconds; its last
 * modification is set to the moment it may be forgotten. One lock guards them all while a call is
 * counted. Safe for use by several threads.
 */
final class SharedCallCounters implements CallCounters {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final String SUFFIX = ".window";

  private final Path folder;

  SharedCallCounters(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws UncheckedIOException if the folder cannot be used; nothing was counted
   */
  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public void count(List<Window> windows, Instant now, Predicate<boolean[]> letThrough) {
    long millis = now.toEpochMilli();
    try (ProcessLock lock = ProcessLock.await(folder.resolve("windows.lock"), LONGEST_WAIT)) {
      List<SlidingWindow> found = new ArrayList<>(windows.size());
      boolean[] full = new boolean[windows.size()];
      for (Window window : windows) {
        SlidingWindow sliding = read(window);
        full[found.size()] = sliding.isFull(millis);
        found.add(sliding);
      }
      if (letThrough.test(full)) {
        for (int i = 0; i < found.size(); i++) {
          found.get(i).count(millis);
          write(windows.get(i), found.get(i), now);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SlidingWindow read(Window window) throws IOException {
    SlidingWindow sliding = new SlidingWindow(window);
    try {
      for (String time : Files.readAllLines(file(window), StandardCharsets.US_ASCII)) {
        sliding.count(Long.parseLong(time));
      }
      return sliding;
    } catch (NoSuchFileException e) {
      return sliding;
    } catch (NumberFormatException e) {
      throw new IOException("a window of calls cannot be read: " + file(window), e);
    }
  }

  private void write(Window window, SlidingWindow sliding, Instant now) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < sliding.size(); i++) {
      lines.append(sliding.at(i)).append('\n');
    }
    Path file = file(window);
    boolean isNew = !Files.exists(file);
    OwnerOnly.replaceCache(file, lines.toString().getBytes(StandardCharsets.US_ASCII));
    Files.setLastModifiedTime(file, FileTime.from(now.plus(window.within())));
    if (isNew) {
      forget(now);
    }
  }

  /** Deletes the windows whose calls have all left them. */
  private void forget(Instant now) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(now)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Keys hold ids of hosts, which need not be names of files. */
  private Path file(Window window) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(window.key().getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash, 0, 16) + SUFFIX);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
