package io.governor.sync.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/**
 * Bits that follow from a seed and a name: SHA-256 over both and a counter. Who does not have the
 * seed cannot foresee them. So a dry run draws the noise that the run will draw, and a window that
 * is made anew after a crash draws it again. Confined to one thread.
 */
final class SeededBits implements RandomGenerator {

  private final byte[] prefix;
  private final MessageDigest digest = TextHash.digest();
  private ByteBuffer bits = ByteBuffer.allocate(0);
  private long counter;

  SeededBits(String seed, String name) {
    this.prefix = (seed + '\n' + name + '\n').getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public long nextLong() {
    if (bits.remaining() < Long.BYTES) {
      digest.update(prefix);
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, counter++));
      bits = ByteBuffer.wrap(digest.digest());
    }
    return bits.getLong();
  }
}
