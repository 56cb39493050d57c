package io.governor.crypt;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives keys from a key (HKDF with HMAC-SHA-256, RFC 5869), which Java 17 has no name for.
 * Stateless.
 */
final class Hkdf {

  private static final String HMAC = "HmacSHA256";
  private static final int HASH_BYTES = 32;

  private Hkdf() {}

  /**
   * So many bytes that follow from the key.
   *
   * @param salt empty for the salt of zeros that the RFC has then
   * @param info what the bytes are for
   * @param length 1 to 8160
   */
  static byte[] derive(byte[] key, byte[] salt, byte[] info, int length) {
    try {
      byte[] extracted = hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(key);
      byte[] derived = expand(hmac(extracted), info, length);
      Arrays.fill(extracted, (byte) 0);
      return derived;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] expand(Mac mac, byte[] info, int length) {
    byte[] derived = new byte[length];
    byte[] block = new byte[0];
    for (int at = 0, number = 1; at < length; at += HASH_BYTES, number++) {
      mac.update(block);
      mac.update(info);
      block = mac.doFinal(new byte[] {(byte) number});
      System.arraycopy(block, 0, derived, at, Math.min(HASH_BYTES, length - at));
    }
    Arrays.fill(block, (byte) 0);
    return derived;
  }

  private static Mac hmac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(HMAC);
    mac.init(new SecretKeySpec(key, HMAC));
    return mac;
  }
}
