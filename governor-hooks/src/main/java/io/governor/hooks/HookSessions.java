package io.governor.hooks;

import io.governor.Agent;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.Origin;
import io.governor.SessionBuilder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of agents that are in memory: the {@value #MOST} used last, and those in use. The
 * others go on from their files when they are heard of again. Safe for use by several threads; one
 * session is used by one of them at a time.
 */
final class HookSessions {

  static final int MOST = 256;

  private static final String CAPABILITY = "coding_agent.observe";
  private static final int ID_CHARACTERS = 8;

  private final Governor governor;
  private final HookSettings settings;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock; the least recently used first.
  private final Map<Key, Seat> seats = new LinkedHashMap<>(16, 0.75f, true);

  HookSessions(Governor governor, HookSettings settings) {
    this.governor = governor;
    this.settings = settings;
  }

  private record Key(HookAgent agent, String sessionId) {
    // Written out for the sake of cold starts; see RuleId.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && agent == key.agent && sessionId.equals(key.sessionId);
    }

    @Override
    public int hashCode() {
      return 31 * agent.hashCode() + sessionId.hashCode();
    }
  }

  /** Where a session sits while it is in memory. */
  private static final class Seat {
    private final ReentrantLock use = new ReentrantLock();

    // Guarded by use.
    private @Nullable GovernedSession session;
    private boolean taken;
  }

  /**
   * Whom a payload comes from.
   *
   * @param user who runs the agent, or null when that is not known
   * @param project the folder the agent works for, as its environment tells, or null
   */
  record Caller(HookAgent agent, @Nullable String user, @Nullable Path project) {}

  /** Uses the session of a payload, alone, and lets go of it as the use says. */
  <T> T use(Caller caller, HookPayload payload, Function<Handle, T> work) {
    Key key = new Key(caller.agent(), payload.sessionId());
    while (true) {
      Seat seat = seat(key);
      seat.use.lock();
      try {
        if (!seat.taken) {
          return use(key, seat, caller, payload, work);
        }
      } finally {
        seat.use.unlock();
      }
    }
  }

  private <T> T use(
      Key key, Seat seat, Caller caller, HookPayload payload, Function<Handle, T> work) {
    GovernedSession session = seat.session;
    if (session == null) {
      session = open(caller, payload);
      seat.session = session;
    }
    Handle handle = new Handle(session);
    try {
      return work.apply(handle);
    } finally {
      if (handle.over) {
        remove(key, seat);
      }
    }
  }

  /** A session in use. */
  static final class Handle {
    private final GovernedSession session;
    private boolean over;

    private Handle(GovernedSession session) {
      this.session = session;
    }

    GovernedSession session() {
      return session;
    }

    /** The session has ended. */
    void close() {
      session.close();
      over = true;
    }

    /** The session goes on, but not from memory. */
    void leave() {
      session.leave();
      over = true;
    }
  }

  private Seat seat(Key key) {
    lock.lock();
    try {
      Seat seat = seats.computeIfAbsent(key, absent -> new Seat());
      makeRoom(seat);
      return seat;
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom(Seat wanted) {
    Iterator<Seat> eldest = seats.values().iterator();
    while (seats.size() > MOST && eldest.hasNext()) {
      Seat seat = eldest.next();
      if (seat != wanted && leave(seat)) {
        eldest.remove();
      }
    }
  }

  /** Lets go of a session that nobody uses. */
  private static boolean leave(Seat seat) {
    if (!seat.use.tryLock()) {
      return false;
    }
    try {
      GovernedSession session = seat.session;
      if (session != null) {
        session.leave();
      }
      seat.taken = true;
      return true;
    } finally {
      seat.use.unlock();
    }
  }

  private void remove(Key key, Seat seat) {
    seat.taken = true;
    lock.lock();
    try {
      seats.remove(key, seat);
    } finally {
      lock.unlock();
    }
  }

  /** How many are in memory. */
  int size() {
    lock.lock();
    try {
      return seats.size();
    } finally {
      lock.unlock();
    }
  }

  private GovernedSession open(Caller caller, HookPayload payload) {
    SessionBuilder builder =
        governor
            .session()
            .id(payload.sessionId())
            .agent(identity(caller, payload))
            .intent(Intent.none(CAPABILITY))
            .origin(Origin.HOOK)
            .surface(caller.agent().agentName())
            .shared()
            .pairsByOrder();
    if (caller.agent().asks()) {
      builder.hostAsks();
    }
    if (!caller.agent().rewrites()) {
      builder.noRewrites();
    }
    Path project = caller.project() == null ? payload.project() : caller.project();
    if (project != null) {
      builder.workspace(project);
    } else if (payload.folder() != null) {
      builder.startedIn(payload.folder());
    }
    return builder.open();
  }

  private Agent identity(Caller caller, HookPayload payload) {
    String id = payload.sessionId();
    String name = caller.agent().agentName();
    int characters = Math.min(ID_CHARACTERS, id.codePointCount(0, id.length()));
    String prefix = settings.agentIdPrefix() == null ? name : settings.agentIdPrefix();
    Agent identity =
        Agent.named(prefix + "-" + id.substring(0, id.offsetByCodePoints(0, characters)))
            .vendor(name)
            .owner(settings.ownerClaim() ? caller.user() : null)
            .capabilities(CAPABILITY);
    String version = payload.agentVersion();
    return version == null ? identity : identity.version(version);
  }
}
