package io.governor.sync.ledger;

import io.governor.sync.SentWindow;
import io.governor.sync.SyncException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every window that was accepted, one line each, only ever appended to. Written before the state
 * forgets that the window waits, so that none is missing; and not once more when that was cut off
 * in between, so that none is there twice. Used with the lock held, except for reading.
 */
final class History {

  private final Path file;
  private final Disk disk;

  History(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  /**
   * Adds a window, unless it is there.
   *
   * @param bytes how long the history was once the window before it was in it
   * @return how long it is now
   */
  long add(long number, byte[] line, long bytes) throws IOException {
    if (!has(number, bytes)) {
      disk.append(file, line);
    }
    return Files.size(file);
  }

  private boolean has(long number, long bytes) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    byte[] start = HistoryEntry.startOf(number);
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      if (in.length() <= bytes) {
        return false;
      }
      in.seek(bytes);
      // A torn line may stand before the whole one.
      for (byte[] line = line(in, start.length); line != null; line = line(in, start.length)) {
        if (Arrays.equals(line, start)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The beginning of the next line that has its end; null when there is none. */
  private static byte @Nullable [] line(RandomAccessFile in, int wanted) throws IOException {
    byte[] beginning = new byte[wanted];
    byte[] chunk = new byte[1 << 16];
    long length = 0;
    while (true) {
      long at = in.getFilePointer();
      int count = in.read(chunk);
      if (count < 0) {
        return null;
      }
      for (int i = 0; i < count; i++) {
        if (chunk[i] == '\n') {
          in.seek(at + i + 1);
          return beginning;
        }
        if (length < wanted) {
          beginning[(int) length] = chunk[i];
        }
        length++;
      }
    }
  }

  /**
   * All of them, in order.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if the history is there and cannot be read
   */
  List<SentWindow> read() throws SyncException {
    List<SentWindow> windows = new ArrayList<>();
    long last = 0;
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), 1 << 16)) {
      for (byte[] line = line(in); line != null; line = line(in)) {
        SentWindow window = HistoryEntry.parse(line);
        if (window != null && window.sent().number() > last) {
          last = window.sent().number();
          windows.add(window);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw SyncException.localFiles("cannot read " + file, e);
    }
    return windows;
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
