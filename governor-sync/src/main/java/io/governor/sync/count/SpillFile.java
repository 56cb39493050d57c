package io.governor.sync.count;

import io.governor.file.OwnerOnly;
import io.governor.trace.IoReason;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of one size in a temporary file that only its owner can use and that is gone when it is
 * closed or the process ends. There is no file before the first piece. Safe for use by several
 * threads, each with its own {@link Page}.
 */
final class SpillFile implements Closeable {

  private final Path directory;
  private final int longs;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private @Nullable FileChannel channel;

  private int pieces;

  SpillFile(Path directory, int longs) {
    this.directory = directory;
    this.longs = longs;
  }

  /** Longs in a piece. */
  int longs() {
    return longs;
  }

  /** A place in the file for one more piece. */
  int place() throws IOException {
    lock.lock();
    try {
      if (channel == null) {
        channel = OwnerOnly.openTemporary(directory);
      }
      return pieces++;
    } catch (IOException e) {
      throw failed("cannot make a temporary file", e);
    } finally {
      lock.unlock();
    }
  }

  /** The bytes of a piece on their way. Confined to one thread. */
  final class Page {

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(longs * Long.BYTES);

    void write(int place, long[] piece) throws IOException {
      bytes.clear();
      bytes.asLongBuffer().put(piece);
      try {
        for (long at = start(place); bytes.hasRemaining(); at = start(place) + bytes.position()) {
          channel().write(bytes, at);
        }
      } catch (IOException e) {
        throw failed("cannot write a temporary file", e);
      }
    }

    void read(int place, long[] piece) throws IOException {
      bytes.clear();
      try {
        for (long at = start(place); bytes.hasRemaining(); at = start(place) + bytes.position()) {
          if (channel().read(bytes, at) < 0) {
            throw new EOFException("it is shorter than what was written to it");
          }
        }
      } catch (IOException e) {
        throw failed("cannot read a temporary file", e);
      }
      bytes.flip().asLongBuffer().get(piece);
    }

    private long start(int place) {
      return (long) place * longs * Long.BYTES;
    }
  }

  private FileChannel channel() throws IOException {
    lock.lock();
    try {
      if (channel == null) {
        throw new IOException("it is closed");
      }
      return channel;
    } finally {
      lock.unlock();
    }
  }

  private IOException failed(String what, IOException why) {
    return new TemporaryFileException(
        directory + ": " + what + " for the events of this count: " + IoReason.of(why), why);
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      FileChannel open = channel;
      channel = null;
      if (open != null) {
        open.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
