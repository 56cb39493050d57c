package io.governor.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls of files, directories and clocks, and fails some of them in a row. Safe for use by
 * several threads.
 */
public final class Faults {

  /** What a write that fails leaves of its bytes. */
  public enum Written {
    NOTHING,
    HALF,
    ALL_BUT_THE_LAST,
    ALL;

    int of(int length) {
      return switch (this) {
        case NOTHING -> 0;
        case HALF -> length / 2;
        case ALL_BUT_THE_LAST -> length - 1;
        case ALL -> length;
      };
    }
  }

  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong open = new AtomicLong();
  private volatile long first = Long.MAX_VALUE;
  private volatile long many;
  private volatile Written written = Written.NOTHING;
  private volatile @Nullable String failed;
  private volatile @Nullable String failing;
  private final Map<String, Long> counts = new ConcurrentHashMap<>();

  /**
   * From now on the n-th call fails.
   *
   * @param n counted from 1
   * @param many how many calls fail, the n-th and those that follow it
   * @param written what a write that fails leaves
   */
  public void arm(long n, long many, Written written) {
    this.many = many;
    this.written = written;
    this.failed = null;
    first = calls.get() + n;
  }

  /** From now on all calls that begin with these words fail, such as {@code open}. */
  public void fail(String call) {
    failing = call;
  }

  /** Nothing fails any more. */
  public void disarm() {
    first = Long.MAX_VALUE;
    failing = null;
  }

  /** How often there was a call of that name, such as {@code force s.jsonl}. */
  public long count(String call) {
    return counts.getOrDefault(call, 0L);
  }

  /** What failed first, or null when nothing did. */
  public @Nullable String failed() {
    return failed;
  }

  /** How many streams and channels are open. */
  public long open() {
    return open.get();
  }

  Written written() {
    return written;
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  /** Counts a call; true when it is to fail. */
  public boolean fails(String call) {
    long number = calls.incrementAndGet();
    counts.merge(call, 1L, Long::sum);
    long from = first;
    String kind = failing;
    boolean fails =
        (number >= from && number - from < many) || (kind != null && call.startsWith(kind));
    if (fails && failed == null) {
      failed = call;
    }
    return fails;
  }

  void call(String name, Path path, String reason) throws IOException {
    if (fails(name + " " + path.getFileName())) {
      throw new FileSystemException(path.toString(), null, reason);
    }
  }
}
