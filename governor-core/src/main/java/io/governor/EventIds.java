package io.governor;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Random UUIDs of version 4. Random bytes are fetched for many ids at once, because every event
 * needs one and the system's source is slow to call. Safe for use by several threads.
 */
final class EventIds implements Supplier<String> {

  private static final int BATCH = 128;

  private final SecureRandom random = new SecureRandom();
  private final byte[] bytes = new byte[16 * BATCH];
  private final ByteBuffer pool = ByteBuffer.wrap(bytes).limit(0);
  private final ReentrantLock lock = new ReentrantLock();

  @Override
  public String get() {
    long high;
    long low;
    lock.lock();
    try {
      if (!pool.hasRemaining()) {
        random.nextBytes(bytes);
        pool.clear();
      }
      high = pool.getLong();
      low = pool.getLong();
    } finally {
      lock.unlock();
    }
    long version4 = (high & ~0xf000L) | 0x4000L;
    long variant = (low & ~(0xc0L << 56)) | (0x80L << 56);
    return new UUID(version4, variant).toString();
  }
}
