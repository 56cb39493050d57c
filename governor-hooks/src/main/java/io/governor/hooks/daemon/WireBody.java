package io.governor.hooks.daemon;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.Semaphore;

/**
 * A body as it arrives, bounded: what is beyond {@link #LARGEST} is read and dropped. Only one body
 * over {@link #LIGHT} bytes is in memory at a time, however many arrive. Confined to one thread.
 */
final class WireBody implements AutoCloseable {

  /** What is kept of a body. */
  static final int LARGEST = 16 << 20;

  private static final int LIGHT = 1 << 20;

  private final Semaphore heavy;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(8192);
  private boolean holdsHeavy;
  private boolean cut;

  /**
   * @param heavy the one permit that all bodies share
   */
  WireBody(Semaphore heavy) {
    this.heavy = heavy;
  }

  void add(byte[] bytes, int from, int count) {
    int fits = Math.min(count, LARGEST - kept.size());
    if (kept.size() + fits > LIGHT && !holdsHeavy) {
      heavy.acquireUninterruptibly();
      holdsHeavy = true;
    }
    kept.write(bytes, from, fits);
    cut |= fits < count;
  }

  /**
   * The bytes. A body that was cut ends in a zero byte, so that nobody takes its beginning for the
   * whole: no JSON text holds one.
   */
  byte[] bytes() {
    if (cut) {
      kept.write(0);
    }
    return kept.toByteArray();
  }

  @Override
  public void close() {
    if (holdsHeavy) {
      // Rare, and the memory it took goes back to the system now rather than at the next need.
      System.gc();
      heavy.release();
    }
  }
}
