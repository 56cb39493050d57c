package io.governor;

import io.governor.CallCounters.Window;
import io.governor.file.OwnerOnly;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The times of the calls of one window in an owner-only file. Confined to who holds the lock on its
 * folder.
 *
 * <p>The file is a log: a mark of this format, the window's length, and then one time after the
 * other, eight bytes each, in milliseconds since 1970 and ascending. So whether a window of N calls
 * is full is one look at the Nth time from the end, and counting is one write behind the last. When
 * the log holds twice as many times as fill the window, the older half is left behind by replacing
 * the file in one step.
 *
 * <p>A process that is killed while it writes leaves at most one torn time, of a call that did not
 * run; the next time is written over it. The last modification is set to when the last call leaves
 * the window. It only hints at whether a file may go, since a killed process may not have set it.
 */
final class WindowFile implements Closeable {

  /** How far ahead a time may lie: clocks are set right by small steps, and hosts differ. */
  static final long AHEAD_MILLIS = 1_000;

  private static final long FORMAT =
      ByteBuffer.wrap(new byte[] {'c', 'a', 'l', 'l', 's', 0, 0, 1}).getLong();
  private static final int HEAD = 2 * Long.BYTES;

  /** Small windows are not worth a replacement every few calls. */
  private static final int FEWEST_TIMES = 510;

  private static final long LONGEST_MILLIS = Duration.ofDays(31).toMillis();

  private final Path path;
  private @Nullable RandomAccessFile file;
  private long size;
  private long length;

  private WindowFile(Path path, @Nullable RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /** The most bytes that the file of a window has. */
  static long mostBytes(int calls) {
    return HEAD + (long) Long.BYTES * mostTimes(calls);
  }

  private static int mostTimes(int calls) {
    return Math.max(FEWEST_TIMES, 2 * calls);
  }

  /**
   * The file, which need not exist yet.
   *
   * @throws IOException if there is something else of that name
   */
  static WindowFile open(Path path) throws IOException {
    WindowFile window = new WindowFile(path, existing(path));
    try {
      window.readHead();
      return window;
    } catch (IOException e) {
      window.close();
      throw e;
    }
  }

  /** Unlike a channel, such a file is not closed by an interrupt. */
  private static @Nullable RandomAccessFile existing(Path path) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        throw new IOException(path + ": expected a file, and no link to one");
      }
      return new RandomAccessFile(path.toFile(), "rw");
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void readHead() throws IOException {
    long bytes = file == null ? 0 : file.length();
    if (bytes < HEAD) {
      // Whoever created it was killed before its first call was counted.
      return;
    }
    ByteBuffer head = read(0, 2);
    if (head.getLong() != FORMAT) {
      throw new IOException(path + ": expected calls that were counted; delete it to count anew");
    }
    long found = head.getLong();
    length = found > 0 && found < LONGEST_MILLIS ? found : LONGEST_MILLIS;
    size = (bytes - HEAD) / Long.BYTES;
  }

  /** Whether there is the first call to count. */
  boolean isNew() {
    return size == 0;
  }

  boolean isFull(Window window, long now) throws IOException {
    leaveNoneAhead(now);
    return size >= window.calls() && now - at(size - window.calls()) < window.within().toMillis();
  }

  void count(Window window, long now) throws IOException {
    leaveNoneAhead(now);
    long time = isNew() ? now : Math.max(now, at(size - 1));
    long within = window.within().toMillis();
    if (isNew() || size >= mostTimes(window.calls())) {
      replace(with(latest(window.calls()), time), within);
    } else {
      append(time, within);
    }
    expires(time + within);
  }

  private void append(long time, long within) throws IOException {
    if (within != length) {
      write(Long.BYTES, within);
      length = within;
    }
    write(position(size), time);
    size++;
  }

  /** Makes now of what lies ahead since the clock was set back, or it would stay until then. */
  private void leaveNoneAhead(long now) throws IOException {
    if (isNew() || at(size - 1) <= now + AHEAD_MILLIS) {
      return;
    }
    long[] times = latest(Integer.MAX_VALUE);
    for (int i = 0; i < times.length; i++) {
      times[i] = Math.min(times[i], now);
    }
    replace(times, length);
    expires(now + length);
  }

  private long[] latest(int most) throws IOException {
    int kept = (int) Math.min(size, most);
    long[] times = new long[kept];
    if (kept > 0) {
      read(position(size - kept), kept).asLongBuffer().get(times);
    }
    return times;
  }

  private static long[] with(long[] times, long time) {
    long[] more = Arrays.copyOf(times, times.length + 1);
    more[times.length] = time;
    return more;
  }

  private void replace(long[] times, long within) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + Long.BYTES * times.length);
    bytes.putLong(FORMAT).putLong(within).asLongBuffer().put(times);
    close();
    OwnerOnly.replaceCache(path, bytes.array());
    file = new RandomAccessFile(path.toFile(), "rw");
    size = times.length;
    length = within;
  }

  /**
   * Whether all calls have left the window; if not, the hint on the file is put right.
   *
   * @param now in milliseconds since 1970
   */
  boolean isOver(long now) throws IOException {
    leaveNoneAhead(now);
    long end = isNew() ? now : at(size - 1) + length;
    if (end <= now) {
      return true;
    }
    expires(end);
    return false;
  }

  private void expires(long millis) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochMilli(millis)));
  }

  private long at(long index) throws IOException {
    return read(position(index), 1).getLong();
  }

  private static long position(long index) {
    return HEAD + Long.BYTES * index;
  }

  private ByteBuffer read(long position, int longs) throws IOException {
    byte[] bytes = new byte[longs * Long.BYTES];
    RandomAccessFile open = opened();
    open.seek(position);
    open.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }

  private void write(long position, long value) throws IOException {
    RandomAccessFile open = opened();
    open.seek(position);
    open.write(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  private RandomAccessFile opened() throws IOException {
    if (file == null) {
      throw new IOException(path + ": is not open");
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
