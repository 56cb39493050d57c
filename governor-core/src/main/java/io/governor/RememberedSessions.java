package io.governor;

import io.governor.event.GovernorMember.Withdrawal;
import io.governor.standard.SessionState;
import io.governor.trace.SessionSnapshot;
import io.governor.trace.SessionSnapshot.PendingCall;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What sessions had come to when they were closed, where no trace tells it. Keeps at most {@value
 * #MOST_SESSIONS} of them in at most about 16 MB; when that is passed, those that were used least
 * recently are forgotten. Safe for use by several threads.
 */
final class RememberedSessions {

  static final int MOST_SESSIONS = 10_000;

  /** In bytes, estimated from above. */
  static final long MOST_BYTES = 16L << 20;

  /** A session without its texts, and a text without its characters. */
  private static final int SESSION_BYTES = 512;

  private static final int TEXT_BYTES = 48;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock; the least recently used session first.
  private final Map<Key, Remembered> sessions = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Key(String surface, String sessionId) {}

  private record Remembered(SessionSnapshot snapshot, long bytes) {}

  @Nullable SessionSnapshot find(String surface, String sessionId) {
    lock.lock();
    try {
      Remembered found = sessions.get(new Key(surface, sessionId));
      return found == null ? null : found.snapshot();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps what a session has come to, unless it is known to have come further. */
  void keep(String surface, String sessionId, SessionSnapshot snapshot) {
    Key key = new Key(surface, sessionId);
    long size = bytes(snapshot) + text(surface) + text(sessionId);
    lock.lock();
    try {
      Remembered known = sessions.get(key);
      if (known != null && known.snapshot().sequence() > snapshot.sequence()) {
        return;
      }
      remove(key);
      if (size <= MOST_BYTES) {
        sessions.put(key, new Remembered(snapshot, size));
        bytes += size;
        makeRoom();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody will ask for the session again. */
  void forget(String surface, String sessionId) {
    lock.lock();
    try {
      remove(new Key(surface, sessionId));
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      sessions.clear();
      bytes = 0;
    } finally {
      lock.unlock();
    }
  }

  private void remove(Key key) {
    Remembered removed = sessions.remove(key);
    if (removed != null) {
      bytes -= removed.bytes();
    }
  }

  private void makeRoom() {
    Iterator<Remembered> eldest = sessions.values().iterator();
    while (sessions.size() > MOST_SESSIONS || bytes > MOST_BYTES) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  private static long bytes(SessionSnapshot snapshot) {
    long sum = SESSION_BYTES + text(snapshot.lastEventId()) + text(snapshot.workspace());
    sum += texts(snapshot.tokenTurns()) + texts(snapshot.blockedCalls());
    for (PendingCall call : snapshot.pendingCalls()) {
      sum += text(call.id()) + text(call.tool()) + text(call.input());
    }
    for (Withdrawal withdrawal : snapshot.withdrawn()) {
      sum += text(withdrawal.tool()) + text(withdrawal.rule());
    }
    return sum + bytes(snapshot.state());
  }

  private static long bytes(SessionState state) {
    SessionState.Baseline intent = state.baseline();
    SessionState.LastScope last = state.lastScope();
    long declared = intent == null ? 0 : text(intent.objective()) + texts(intent.scopeHint());
    return declared + (last == null ? 0 : text(last.mark().targetSystem()));
  }

  private static long texts(List<String> texts) {
    return texts.stream().mapToLong(RememberedSessions::text).sum();
  }

  private static long text(@Nullable String text) {
    return text == null ? 0 : TEXT_BYTES + 2L * text.length();
  }
}
