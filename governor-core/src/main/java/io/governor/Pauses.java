package io.governor;

import io.governor.pause.PausedSession;
import io.governor.pause.PausedSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are paused, as one governor knows it. With a state root it looks there, on the
 * thread that asks and at most every {@link #PERIOD}, so that most calls cost no call of the
 * system. Safe for use by several threads; what {@link #pause} has set holds for every {@link
 * #find} that begins after it returned.
 */
final class Pauses {

  /** How old what is known of other processes may be. */
  static final Duration PERIOD = Duration.ofMillis(100);

  private final @Nullable PausedSessions kept;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final Health health;
  private final ReentrantLock lock = new ReentrantLock();

  // By name. Changed under lock.
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private volatile @Nullable Long lastLook;

  /**
   * A paused session.
   *
   * @param session what is known of it; null until somebody asks, for its file says it
   * @param kept whether it has a file, whose end ends it
   */
  private record Known(@Nullable PausedSession session, boolean kept) {

    static final Known UNREAD = new Known(null, true);
  }

  private Pauses(
      @Nullable PausedSessions kept, InstantSource clock, LongSupplier nanoTime, Health health) {
    this.kept = kept;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.health = health;
  }

  /** Pauses of this governor alone. */
  static Pauses inMemory(InstantSource clock) {
    return new Pauses(null, clock, () -> 0, new Health());
  }

  /** Pauses that all who use the state root share. */
  static Pauses below(Path stateRoot, InstantSource clock, LongSupplier nanoTime, Health health) {
    return new Pauses(PausedSessions.below(stateRoot), clock, nanoTime, health);
  }

  /** The pause of the sessions of this name, or null when there is none. Never throws. */
  @Nullable PausedSession find(String name) {
    PausedSessions folder = kept;
    if (folder != null) {
      look(folder);
    }
    Known found = known.get(name);
    if (found == null) {
      return null;
    }
    return found.session() == null && folder != null ? read(folder, name) : found.session();
  }

  /** The names of all that are paused, ascending. Never throws. */
  SortedSet<String> names() {
    PausedSessions folder = kept;
    if (folder != null) {
      look(folder);
    }
    return new TreeSet<>(known.keySet());
  }

  /** Only of sessions that are used here, however many are paused. */
  private @Nullable PausedSession read(PausedSessions folder, String name) {
    try {
      PausedSession session = folder.find(name);
      if (session != null) {
        known.replace(name, Known.UNREAD, new Known(session, true));
      }
      return session;
    } catch (IOException | RuntimeException e) {
      health.pauseFailed(e);
      return new PausedSession(name, null, PausedSession.UNKNOWN, clock.instant(), null);
    }
  }

  /** Pauses the sessions of an id, unless they are paused. */
  void pause(String sessionId, String by, @Nullable Long revision) {
    PausedSession session =
        new PausedSession(PausedSessions.name(sessionId), sessionId, by, clock.instant(), revision);
    lock.lock();
    try {
      // Asked of the folder each time: what is known here may have been released elsewhere.
      known.put(session.name(), kept(session));
    } finally {
      lock.unlock();
    }
  }

  private Known kept(PausedSession session) {
    PausedSessions folder = kept;
    if (folder == null) {
      Known before = known.get(session.name());
      return before == null ? new Known(session, false) : before;
    }
    try {
      String id = String.valueOf(session.sessionId());
      PausedSession now = folder.pause(id, session.by(), session.since(), session.policyRevision());
      return new Known(now, true);
    } catch (IOException | RuntimeException e) {
      health.pauseFailed(e);
      return new Known(session, false);
    }
  }

  /** Releases the sessions of an id; where the file cannot be removed they stay paused. */
  void release(String sessionId) {
    String name = PausedSessions.name(sessionId);
    lock.lock();
    try {
      if (kept != null) {
        kept.release(name);
      }
      known.remove(name);
    } catch (IOException | RuntimeException e) {
      health.pauseFailed(e);
    } finally {
      lock.unlock();
    }
  }

  /** Without a time there is no look: what is known holds. */
  private void look(PausedSessions folder) {
    try {
      lookIfDue(folder);
    } catch (RuntimeException e) {
      health.pauseFailed(e);
    }
  }

  /**
   * Nobody waits for a look but the first, before which nothing is known. It is taken under the
   * lock, so that it cannot have begun before a pause that it would then forget.
   */
  private void lookIfDue(PausedSessions folder) {
    Long last = lastLook;
    if (last == null) {
      lock.lock();
    } else if (nanoTime.getAsLong() - last < PERIOD.toNanos() || !lock.tryLock()) {
      return;
    }
    try {
      if (isDue(nanoTime.getAsLong())) {
        adopt(folder);
        lastLook = nanoTime.getAsLong();
      }
    } catch (IOException | RuntimeException e) {
      lastLook = nanoTime.getAsLong();
      health.pauseFailed(e);
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue(long now) {
    Long last = lastLook;
    return last == null || now - last >= PERIOD.toNanos();
  }

  private void adopt(PausedSessions folder) throws IOException {
    Set<String> names = folder.names();
    known.entrySet().removeIf(each -> each.getValue().kept() && !names.contains(each.getKey()));
    for (String name : names) {
      if (!known.containsKey(name)) {
        known.put(name, Known.UNREAD);
      }
    }
  }
}
