package io.governor.sync.ledger;

import io.governor.sync.SentWindow;
import io.governor.sync.SyncException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every window that was accepted, one line each, only ever appended to. Written before the state
 * forgets that the window waits, so that none is missing; and not once more when that was cut off
 * in between, so that none is there twice. Used with the lock held, except for reading.
 */
final class History {

  private final LedgerFiles files;
  private final Path file;
  private final Disk disk;

  History(LedgerFiles files, Disk disk) {
    this.files = files;
    this.file = files.history();
    this.disk = disk;
  }

  /** What a window is known by: each installation that was begun here counts its own from 1. */
  private record Sent(long number, String sha256) {

    static Sent of(SentWindow window) {
      return new Sent(window.sent().number(), window.sent().sha256());
    }
  }

  /**
   * Adds a window, unless it is there.
   *
   * @param beginning of its line; see {@link HistoryEntry#beginning}
   * @param line all of its line
   * @param bytes how long the history was once the window before it was in it
   * @return how long it is now
   */
  long add(byte[] beginning, byte[] line, long bytes) throws SyncException, IOException {
    if (!has(beginning, bytes)) {
      disk.append(file, line);
    }
    return Files.size(file);
  }

  /**
   * Whether what follows has the whole line; pieces of it that crashes tore may stand before it.
   */
  private boolean has(byte[] beginning, long bytes) throws SyncException, IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (InputStream in = files.open(file)) {
      in.skip(bytes);
      InputStream rest = new BufferedInputStream(in, 1 << 16);
      for (byte[] line = line(rest); line != null; line = line(rest)) {
        if (isWhole(line, beginning)) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isWhole(byte[] line, byte[] beginning) {
    return line.length > beginning.length
        && line[line.length - 1] == '}'
        && Arrays.equals(line, 0, beginning.length, beginning, 0, beginning.length);
  }

  /**
   * All of them, in order.
   *
   * @param bytes how long the history has to be at least
   * @throws SyncException of kind {@code LOCAL_FILES} if it cannot be read, is shorter, or has a
   *     body that is not the one that was sent
   */
  List<SentWindow> read(long bytes) throws SyncException {
    List<SentWindow> windows = new ArrayList<>();
    Set<Sent> seen = new HashSet<>();
    try (InputStream in = new BufferedInputStream(files.open(file), 1 << 16)) {
      for (byte[] line = line(in); line != null; line = line(in)) {
        SentWindow window = HistoryEntry.parse(line);
        if (window != null && seen.add(Sent.of(window))) {
          windows.add(checked(window));
        }
      }
      if (Files.size(file) < bytes) {
        throw cut();
      }
    } catch (NoSuchFileException e) {
      if (bytes > 0) {
        throw cut();
      }
    } catch (IOException e) {
      throw SyncException.localFiles("cannot read " + file, e);
    }
    return windows;
  }

  private SyncException cut() {
    return SyncException.localFiles(
        file
            + " is shorter than what was written to it: windows that were sent are missing from it;"
            + " what was counted is known all the same");
  }

  private SentWindow checked(SentWindow window) throws SyncException {
    byte[] body = window.sent().body().getBytes(StandardCharsets.UTF_8);
    if (!PendingWindow.sha256(body).equals(window.sent().sha256())) {
      throw SyncException.localFiles(
          file + ": window " + window.sent().number() + ": its body is not the one that was sent");
    }
    return window;
  }

  private static byte @Nullable [] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toByteArray();
      }
      line.write(b);
    }
    return null;
  }
}
