package io.governor;

import io.governor.event.TraceEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;

/** Sinks for tests: one that keeps what it takes, and fails when it is told to. */
final class Sinks {

  private Sinks() {}

  static final class Recording implements TraceSink {
    private final List<TraceEvent> events = new CopyOnWriteArrayList<>();
    private final IntPredicate fails;
    private int attempts;

    Recording() {
      this(attempt -> false);
    }

    /** Fails the attempts, counted from 1, that the predicate names. */
    Recording(IntPredicate fails) {
      this.fails = fails;
    }

    @Override
    public synchronized void accept(TraceEvent event) throws IOException {
      if (fails.test(++attempts)) {
        throw new IOException("No space left on device");
      }
      events.add(event);
    }

    List<TraceEvent> events() {
      return new ArrayList<>(events);
    }

    synchronized int attempts() {
      return attempts;
    }
  }
}
