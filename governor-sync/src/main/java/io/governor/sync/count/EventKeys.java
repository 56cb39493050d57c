package io.governor.sync.count;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Makes 128-bit keys of ({@code session_id}, {@code event_id}), so that a set of events takes the
 * same room whatever their ids are. Half of a SHA-256: two ids that share a key will not be met by
 * chance nor found on purpose. Confined to one thread; a key stands in {@link #high} and {@link
 * #low} until the next one.
 */
final class EventKeys {

  private final MessageDigest digest;
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
  private long high;
  private long low;

  EventKeys() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void make(byte[] bytes, int sessionFrom, int sessionLength, int eventFrom, int eventLength) {
    // The length keeps apart the pairs that read the same when joined.
    length.putInt(0, sessionLength);
    digest.update(length.array());
    digest.update(bytes, sessionFrom, sessionLength);
    digest.update(bytes, eventFrom, eventLength);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    high = hash.getLong();
    low = hash.getLong();
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }
}
