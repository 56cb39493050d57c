package io.governor;

import io.governor.event.TraceEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A sink that is handed every event after the trace has it. What it throws hurts nobody: it is
 * counted, and said at the first failure and when three in a row have failed, each once for as long
 * as the governor lives. A sink that fails now and then would otherwise fill the host's log. Safe
 * for use by several threads.
 */
final class AdditionalSink {

  private static final int DEGRADED = 3;

  private final TraceSink sink;
  private final Health health;
  private final AtomicInteger row = new AtomicInteger();
  private final AtomicBoolean warned = new AtomicBoolean();
  private final AtomicBoolean degraded = new AtomicBoolean();

  AdditionalSink(TraceSink sink, Health health) {
    this.sink = sink;
    this.health = health;
  }

  void accept(TraceEvent event) {
    try {
      sink.accept(event);
      if (row.get() != 0) {
        row.set(0);
      }
    } catch (Throwable failure) {
      failed(failure);
    }
  }

  void sessionClosed(String sessionId) {
    try {
      sink.sessionClosed(sessionId);
    } catch (Throwable failure) {
      failed(failure);
    }
  }

  private void failed(Throwable failure) {
    Failures.rethrowIfFatal(failure);
    boolean third = row.incrementAndGet() >= DEGRADED;
    boolean first = warned.compareAndSet(false, true);
    health.sinkFailed();
    if (first) {
      health.sinkWarning(failure);
    } else if (third && degraded.compareAndSet(false, true)) {
      health.sinkDegraded(failure);
    }
  }
}
