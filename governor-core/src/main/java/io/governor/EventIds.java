package io.governor;

import io.governor.file.SystemRandom;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Random UUIDs of version 4. They are unique and not secret: every event needs one, so each half
 * comes from a generator that the system's source only seeds, 128 bits for both. Safe for use by
 * several threads.
 */
final class EventIds implements Supplier<String> {

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final SplittableRandom highs;
  private final SplittableRandom lows;

  EventIds() {
    ByteBuffer seeds = ByteBuffer.wrap(SystemRandom.bytes(2 * Long.BYTES));
    highs = new SplittableRandom(seeds.getLong());
    lows = new SplittableRandom(seeds.getLong());
  }

  @Override
  public String get() {
    long high;
    long low;
    lock.lock();
    try {
      high = highs.nextLong();
      low = lows.nextLong();
    } finally {
      lock.unlock();
    }
    long version4 = (high & ~0xf000L) | 0x4000L;
    long variant = (low & ~(0xc0L << 56)) | (0x80L << 56);
    return new UUID(version4, variant).toString();
  }
}
