package io.governor.sync.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of a line for telling known lines from others: of its first {@value #BYTES} bytes and its
 * length, eight bytes at a time. Stateless.
 */
final class LineHash {

  static final int BYTES = 4096;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FIRST = 0x9e3779b97f4a7c15L;
  private static final long SECOND = 0xd6e8feb86659fd93L;

  private LineHash() {}

  /**
   * @param from where the line begins
   * @param held how many of its bytes are there, at least the first {@value #BYTES}
   * @param length how long it is, without its line end
   */
  static long of(byte[] bytes, int from, int held, long length) {
    int count = Math.min(held, BYTES);
    long hash = FIRST ^ length;
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
