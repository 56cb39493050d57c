package io.governor.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What one writer of a file holds against the others, in this process and elsewhere, on a lock file
 * of its own that stays. The operating system gives it back when a process dies, however it dies.
 * Safe for use by several threads.
 *
 * <p>Where locks belong to the process, closing any channel of a lock file drops all of them. So
 * whoever comes second within a process must not even open the file; {@link HeldHere} tells it.
 */
public final class ProcessLock implements Closeable {

  private static final long PAUSE_NANOS = 1_000_000;

  private final Path path;
  private final FileChannel channel;

  private ProcessLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** The lock, or null when someone else holds it. */
  public static @Nullable ProcessLock tryAcquire(Path path) throws IOException {
    return acquire(key(path), System.nanoTime());
  }

  /**
   * The lock, as soon as nobody else holds it.
   *
   * @throws IOException when that takes longer than the bound
   */
  public static ProcessLock await(Path path, Duration bound) throws IOException {
    ProcessLock lock = acquire(key(path), System.nanoTime() + bound.toNanos());
    if (lock == null) {
      throw new IOException("it is locked by another process");
    }
    return lock;
  }

  /** One file has one key, however it was written. */
  private static Path key(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static @Nullable ProcessLock acquire(Path path, long deadline) throws IOException {
    // Who is interrupted cannot park, and would spin.
    boolean interrupted = Thread.interrupted();
    try {
      return acquireCalmly(path, deadline);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static @Nullable ProcessLock acquireCalmly(Path path, long deadline) throws IOException {
    while (!HeldHere.add(path)) {
      if (!pause(deadline)) {
        return null;
      }
    }
    ProcessLock lock = null;
    try {
      FileChannel channel = lockedChannel(path, deadline);
      lock = channel == null ? null : new ProcessLock(path, channel);
      return lock;
    } finally {
      if (lock == null) {
        HeldHere.remove(path);
      }
    }
  }

  private static @Nullable FileChannel lockedChannel(Path path, long deadline) throws IOException {
    FileChannel channel = open(path);
    boolean locked = false;
    try {
      do {
        locked = channel.tryLock() != null;
      } while (!locked && pause(deadline));
      return locked ? channel : null;
    } catch (OverlappingFileLockException e) {
      // Held by this very process, which has forgotten it: see HeldHere.
      return null;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static FileChannel open(Path path) throws IOException {
    OwnerOnly.createDirectories(Objects.requireNonNull(path.getParent()));
    OwnerOnly.ensureFile(path);
    return FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** Waits a little; false when there is no time left. */
  private static boolean pause(long deadline) {
    if (System.nanoTime() - deadline >= 0) {
      return false;
    }
    LockSupport.parkNanos(PAUSE_NANOS);
    return true;
  }

  /** Gives it back, which the operating system does also when it says that closing failed. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is given back.
    } finally {
      HeldHere.remove(path);
    }
  }
}
