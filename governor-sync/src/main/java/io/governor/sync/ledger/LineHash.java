package io.governor.sync.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of what a line begins with, its first {@value #BYTES} bytes, for finding texts that may be
 * the same. Stateless.
 */
final class LineHash {

  static final int BYTES = 1024;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FIRST = 0x9e3779b97f4a7c15L;
  private static final long SECOND = 0xd6e8feb86659fd93L;

  private LineHash() {}

  static long of(byte[] bytes, int from, int length) {
    int count = Math.min(length, BYTES);
    long hash = FIRST ^ count;
    int at = from;
    for (; count - (at - from) >= Long.BYTES; at += Long.BYTES) {
      hash = mix(hash, (long) LONG.get(bytes, at));
    }
    long rest = 0;
    for (; at < from + count; at++) {
      rest = (rest << 8) | (bytes[at] & 0xff);
    }
    return mix(hash, rest);
  }

  private static long mix(long hash, long word) {
    long mixed = (hash ^ word) * SECOND;
    return mixed ^ Math.multiplyHigh(hash ^ word, SECOND) ^ (mixed >>> 32);
  }
}
