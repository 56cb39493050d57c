package io.governor.sync.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The first 128 bits of a SHA-256.
 *
 * @param high the first 64
 * @param low the next 64
 */
record TextHash(long high, long low) {

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of what a digest has seen so far; it can go on. */
  static TextHash of(MessageDigest digest) {
    ByteBuffer bytes = ByteBuffer.wrap(copy(digest).digest());
    return new TextHash(bytes.getLong(), bytes.getLong());
  }

  static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
