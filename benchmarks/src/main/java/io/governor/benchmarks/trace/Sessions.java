package io.governor.benchmarks.trace;

import io.governor.event.TraceEvent;
import io.governor.trace.SessionSnapshot;
import io.governor.trace.SessionTrace;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceStore.Sharing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A session for each caller, in the traces of one governor, used as a session uses its trace. */
final class Sessions implements Stage {

  private final TraceDirectory directory;
  private final TraceEvent event;
  private final List<SessionTrace> open = new ArrayList<>();

  Sessions(TraceDirectory directory, TraceEvent event) {
    this.directory = directory;
    this.event = event;
  }

  @Override
  public synchronized Append caller() {
    SessionTrace trace = directory.open("api", "session-" + open.size(), Sharing.UNIQUE);
    open.add(trace);
    return () -> {
      trace.begin();
      try {
        trace.append(event);
      } finally {
        trace.end(() -> SessionSnapshot.START);
      }
    };
  }

  @Override
  public synchronized void close() throws IOException {
    for (SessionTrace trace : open) {
      trace.close(true, () -> SessionSnapshot.START);
    }
    directory.close();
  }
}
