package io.governor.crypt;

import io.governor.file.SystemRandom;
import java.security.SecureRandom;

/**
 * Random nonces: of the system for a section that gets few, as a hook that lives for a moment
 * writes, and then of Java, whose source takes milliseconds to be set up and is cheaper afterwards.
 * Not safe for use by several threads.
 */
final class RandomNonces implements Nonces {

  private static final int FEW = 8;

  private int taken;

  @Override
  public byte[] next() {
    return taken++ < FEW ? SystemRandom.bytes(Section.NONCE_BYTES) : Java.next();
  }

  /** Set up when it is first needed. */
  private static final class Java {

    private static final SecureRandom RANDOM = new SecureRandom();

    static byte[] next() {
      byte[] nonce = new byte[Section.NONCE_BYTES];
      RANDOM.nextBytes(nonce);
      return nonce;
    }
  }
}
