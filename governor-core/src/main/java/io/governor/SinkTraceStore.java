package io.governor;

import io.governor.event.TraceEvent;
import io.governor.trace.SessionSnapshot;
import io.governor.trace.SessionTrace;
import io.governor.trace.TraceStore;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a plain sink stand where the trace directory stands: it decides whether an event was
 * written, and resumes nothing.
 */
final class SinkTraceStore implements TraceStore {

  private final TraceSink sink;

  SinkTraceStore(TraceSink sink) {
    this.sink = sink;
  }

  @Override
  public SessionTrace open(String surface, String sessionId, Sharing sharing) {
    return new SinkTrace(sessionId);
  }

  @Override
  public void close() {}

  private final class SinkTrace implements SessionTrace {
    private final String sessionId;

    SinkTrace(String sessionId) {
      this.sessionId = sessionId;
    }

    @Override
    public @Nullable SessionSnapshot begin() {
      return null;
    }

    @Override
    public void append(TraceEvent event) throws IOException {
      sink.accept(event);
    }

    @Override
    public boolean end(Supplier<SessionSnapshot> now) {
      return false;
    }

    @Override
    public void close(boolean ended) throws IOException {
      sink.sessionClosed(sessionId);
    }
  }
}
