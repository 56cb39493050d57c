package io.governor.sync.ledger;

import io.governor.event.EventHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What an event is known by: 64 bits of the SHA-256 of its session id and its event id, or of its
 * line when it has no id. Two of ten million events share one with a probability of less than one
 * in a hundred thousand. Stateless.
 */
final class EventKey {

  private EventKey() {}

  /** Of an event: of its ids, or else of its line as it is written. */
  static long of(EventHead event, byte[] bytes, int from, int length, MessageDigest digest) {
    digest.reset();
    if (event.eventId() == null) {
      digest.update(bytes, from, length);
    } else {
      ids(event, digest);
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private static void ids(EventHead event, MessageDigest digest) {
    String session = event.sessionId();
    byte[] sessionId = session == null ? new byte[0] : session.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, sessionId.length));
    digest.update(sessionId);
    digest.update(String.valueOf(event.eventId()).getBytes(StandardCharsets.UTF_8));
  }
}
