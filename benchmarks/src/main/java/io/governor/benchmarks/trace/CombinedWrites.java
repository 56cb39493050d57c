package io.governor.benchmarks.trace;

import io.governor.event.EventEncoder;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The road not taken for many callers of one session: no lock, but a list of what waits, and one
 * caller after another that writes all of it in one call while the others wait for their turn to
 * have been part of it. Safe for use by several threads.
 */
final class CombinedWrites implements Stage {

  private static final int SPINS = 50;
  private static final long PARK_NANOS = 1_000_000;

  private final OutputStream out;
  private final TraceEvent event;
  private final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  /** Used by the caller that has made it busy. */
  private final JsonWriter lines = new JsonWriter(16 * 1024);

  CombinedWrites(Path file, TraceEvent event) throws IOException {
    this.out = OwnFiles.append(file);
    this.event = event;
  }

  /** An event whose caller waits for it to be written. */
  private static final class Waiting {
    private final TraceEvent event;
    private final Thread caller = Thread.currentThread();
    private @Nullable Waiting next;
    private volatile boolean written;
    private volatile boolean parked;

    Waiting(TraceEvent event) {
      this.event = event;
    }
  }

  @Override
  public Append caller() {
    return this::append;
  }

  private void append() throws IOException {
    Waiting mine = new Waiting(event);
    do {
      mine.next = waiting.get();
    } while (!waiting.compareAndSet(mine.next, mine));
    for (int tries = 0; !mine.written; tries++) {
      if (busy.compareAndSet(false, true)) {
        writeAll(mine);
      } else if (tries < SPINS) {
        Thread.onSpinWait();
      } else {
        mine.parked = true;
        if (busy.get() && !mine.written) {
          LockSupport.parkNanos(PARK_NANOS);
        }
      }
    }
  }

  private void writeAll(Waiting mine) throws IOException {
    try {
      if (!mine.written) {
        write(inOrder(waiting.getAndSet(null)));
      }
    } finally {
      busy.set(false);
    }
    Waiting next = waiting.get();
    if (next != null && next.parked) {
      LockSupport.unpark(next.caller);
    }
  }

  private static @Nullable Waiting inOrder(@Nullable Waiting last) {
    Waiting first = null;
    Waiting each = last;
    while (each != null) {
      Waiting before = each.next;
      each.next = first;
      first = each;
      each = before;
    }
    return first;
  }

  private void write(@Nullable Waiting first) throws IOException {
    lines.truncate(0);
    for (Waiting each = first; each != null; each = each.next) {
      EventEncoder.encode(each.event, lines);
      lines.raw('\n');
    }
    out.write(lines.buffer(), 0, lines.length());
    for (Waiting each = first; each != null; ) {
      Waiting next = each.next;
      each.written = true;
      if (each.parked) {
        LockSupport.unpark(each.caller);
      }
      each = next;
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
