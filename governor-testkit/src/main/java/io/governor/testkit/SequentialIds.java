package io.governor.testkit;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Ids that can be foretold, in the shape of those a governor mints: {@code
 * 00000000-0000-4000-8000-000000000001} and so on. Safe for use by several threads.
 */
public final class SequentialIds implements Supplier<String> {

  private final AtomicLong last = new AtomicLong();

  @Override
  public String get() {
    return String.format(Locale.ROOT, "00000000-0000-4000-8000-%012x", last.incrementAndGet());
  }
}
