package io.governor.trace;

import io.governor.crypt.ClearText;
import io.governor.crypt.KeyProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for lines that are just being written: a reader may see the first part of a write before
 * the rest. All waiting together is bounded, and nobody waits for a file that was not touched
 * lately. Not safe for use by several threads.
 */
final class Patience {

  /** Takes every line as it is. */
  static final Patience NONE = new Patience(Duration.ZERO);

  private static final long PAUSE_NANOS = 2_000_000;
  private static final long LATELY_MILLIS = 10_000;

  private long nanosLeft;

  Patience(Duration most) {
    nanosLeft = most.toNanos();
  }

  /**
   * The same line of a text that was plain so far, with its end if that comes in time; a reader
   * that has gone to it.
   */
  LineReader ended(LineReader line, FileChannel channel, Path file, KeyProvider keys)
      throws IOException {
    LineReader seen = line;
    while (!seen.ended() && waits(file)) {
      channel.position(line.offset());
      InputStream rest = ClearText.of(Channels.newInputStream(channel), keys);
      seen = new LineReader(rest, line.offset(), line.line());
      seen.next();
    }
    return seen;
  }

  /** Waits a moment, unless there is nothing to wait for; false then. */
  boolean waits(Path file) throws IOException {
    if (nanosLeft <= 0 || !isTouchedLately(file)) {
      return false;
    }
    long start = System.nanoTime();
    LockSupport.parkNanos(PAUSE_NANOS);
    nanosLeft -= System.nanoTime() - start;
    return true;
  }

  private static boolean isTouchedLately(Path file) throws IOException {
    long age = System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
    return age < LATELY_MILLIS;
  }
}
