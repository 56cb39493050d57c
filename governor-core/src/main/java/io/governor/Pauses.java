package io.governor;

import io.governor.pause.PausedSession;
import io.governor.trace.SessionFileName;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are paused, by the names of their files. Safe for use by several threads; what
 * {@link #pause} has set holds for every {@link #find} that begins after it returned.
 */
final class Pauses {

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  // Replaced under lock, never changed.
  private volatile Map<String, PausedSession> paused = Map.of();

  private Pauses(InstantSource clock) {
    this.clock = clock;
  }

  /** Pauses of this governor alone. */
  static Pauses inMemory(InstantSource clock) {
    return new Pauses(clock);
  }

  @Nullable PausedSession find(String name) {
    return paused.get(name);
  }

  void pause(String sessionId, String by, @Nullable Long revision) {
    PausedSession session =
        new PausedSession(
            SessionFileName.of(sessionId), sessionId, by, clock.instant(), revision);
    lock.lock();
    try {
      Map<String, PausedSession> all = new HashMap<>(paused);
      all.putIfAbsent(session.name(), session);
      paused = Map.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  void release(String sessionId) {
    lock.lock();
    try {
      Map<String, PausedSession> all = new HashMap<>(paused);
      all.remove(SessionFileName.of(sessionId));
      paused = Map.copyOf(all);
    } finally {
      lock.unlock();
    }
  }
}
