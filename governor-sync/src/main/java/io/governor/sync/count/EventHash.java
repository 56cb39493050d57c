package io.governor.sync.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Makes 128-bit keys of ({@code session_id}, {@code event_id}): SipHash-2-4 with a result of 128
 * bits (J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF", and their reference
 * implementation for the longer result). Its secret is drawn for each count, so that nobody who
 * writes traces can make two ids share a key, and by chance none of a billion events does. Confined
 * to one thread; a key stands in {@link #high} and {@link #low} until the next one.
 */
final class EventHash {

  /** What the keys of one count are made with. */
  record Secret(long first, long second) {

    static Secret random() {
      SecureRandom random = new SecureRandom();
      return new Secret(random.nextLong(), random.nextLong());
    }

    @Override
    public String toString() {
      return "Secret";
    }
  }

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Secret secret;
  private long v0;
  private long v1;
  private long v2;
  private long v3;
  private long high;
  private long low;

  EventHash(Secret secret) {
    this.secret = secret;
  }

  /** The session's length goes before it, which keeps apart the pairs that read the same joined. */
  void make(byte[] bytes, int sessionFrom, int sessionLength, int eventFrom, int eventLength) {
    begin();
    word(sessionLength);
    int whole = words(bytes, sessionFrom, sessionLength);
    word(tail(bytes, sessionFrom + whole, sessionLength - whole));
    last(bytes, eventFrom, eventLength);
  }

  /** The key of one text. */
  void make(byte[] bytes, int from, int length) {
    begin();
    last(bytes, from, length);
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  private void begin() {
    v0 = secret.first ^ 0x736f6d6570736575L;
    v1 = secret.second ^ 0x646f72616e646f6dL ^ 0xee;
    v2 = secret.first ^ 0x6c7967656e657261L;
    v3 = secret.second ^ 0x7465646279746573L;
  }

  private void last(byte[] bytes, int from, int length) {
    int whole = words(bytes, from, length);
    word(((long) length << 56) | tail(bytes, from + whole, length - whole));
    v2 ^= 0xee;
    rounds(4);
    low = v0 ^ v1 ^ v2 ^ v3;
    v1 ^= 0xdd;
    rounds(4);
    high = v0 ^ v1 ^ v2 ^ v3;
  }

  /** Takes what fills words and tells how many bytes that was. */
  private int words(byte[] bytes, int from, int length) {
    int whole = length & -Long.BYTES;
    for (int at = from; at < from + whole; at += Long.BYTES) {
      word((long) LONG.get(bytes, at));
    }
    return whole;
  }

  private static long tail(byte[] bytes, int from, int length) {
    long tail = 0;
    for (int i = length - 1; i >= 0; i--) {
      tail = (tail << 8) | (bytes[from + i] & 0xff);
    }
    return tail;
  }

  private void word(long word) {
    v3 ^= word;
    rounds(2);
    v0 ^= word;
  }

  private void rounds(int count) {
    long a = v0;
    long b = v1;
    long c = v2;
    long d = v3;
    for (int i = 0; i < count; i++) {
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32);
      c += b;
      a += d;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
    }
    v0 = a;
    v1 = b;
    v2 = c;
    v3 = d;
  }
}
