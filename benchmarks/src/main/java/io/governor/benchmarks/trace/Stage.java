package io.governor.benchmarks.trace;

import java.io.Closeable;
import java.io.IOException;

/** Something that is ready for callers, each in a thread of its own. */
interface Stage extends Closeable {

  /** What a caller does for one event. */
  @FunctionalInterface
  interface Append {
    void run() throws IOException;
  }

  /** The next caller's part; it may be used by one thread. */
  Append caller() throws IOException;
}
