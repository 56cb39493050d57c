package io.governor.benchmarks.trace;

import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/** One file for all callers, who encode and write while they hold its lock. */
final class LockedWrites implements Stage {

  private final ReentrantLock lock = new ReentrantLock();
  private final JsonWriter line = new JsonWriter(1024);
  private final OutputStream out;
  private final TraceEvent event;

  LockedWrites(Path file, TraceEvent event) throws IOException {
    this.out = OwnFiles.append(file);
    this.event = event;
  }

  @Override
  public Append caller() {
    return this::append;
  }

  private void append() throws IOException {
    lock.lock();
    try {
      out.write(Encoding.line(event, line).buffer(), 0, line.length());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
