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
 * written. A sink cannot be read, so what a resumed session needs is remembered here, see {@link
 * RememberedSessions}.
 */
final class SinkTraceStore implements TraceStore {

  private final TraceSink sink;
  private final RememberedSessions remembered = new RememberedSessions();

  SinkTraceStore(TraceSink sink) {
    this.sink = sink;
  }

  @Override
  public SessionTrace open(String surface, String sessionId, Sharing sharing) {
    return new SinkTrace(surface, sessionId, sharing);
  }

  @Override
  public void close() {
    remembered.clear();
  }

  private final class SinkTrace implements SessionTrace {
    private final String surface;
    private final String sessionId;
    private final Sharing sharing;
    private boolean used;

    SinkTrace(String surface, String sessionId, Sharing sharing) {
      this.surface = surface;
      this.sessionId = sessionId;
      this.sharing = sharing;
    }

    @Override
    public @Nullable SessionSnapshot begin() {
      if (used) {
        return null;
      }
      used = true;
      return remembered.find(surface, sessionId);
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
    public void close(boolean ended, Supplier<SessionSnapshot> now) throws IOException {
      if (ended && sharing == Sharing.UNIQUE) {
        remembered.forget(surface, sessionId);
      } else {
        remembered.keep(surface, sessionId, now.get());
      }
      sink.sessionClosed(sessionId);
    }
  }
}
