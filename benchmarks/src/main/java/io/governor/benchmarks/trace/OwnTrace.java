package io.governor.benchmarks.trace;

import io.governor.event.TraceEvent;
import io.governor.trace.SessionSnapshot;
import io.governor.trace.SessionTrace;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceStore.Sharing;
import java.io.IOException;

/** The trace of a session that one thread has for itself, used as a session uses it. */
final class OwnTrace {

  private final TraceDirectory directory;
  private final SessionTrace trace;

  OwnTrace(TraceDirectory directory, int number) {
    this.directory = directory;
    this.trace = directory.open("api", "session-" + number, Sharing.UNIQUE);
  }

  void append(TraceEvent event) throws IOException {
    trace.begin();
    try {
      trace.append(event);
    } finally {
      trace.end(() -> SessionSnapshot.START);
    }
  }

  void close() throws IOException {
    trace.close(true, () -> SessionSnapshot.START);
    directory.close();
  }
}
