package io.governor.cli;

import io.governor.Agent;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Origin;
import io.governor.SessionBuilder;
import io.governor.ToolResult;
import io.governor.policy.Policy;
import io.governor.standard.Profile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Judges calls by a policy, as the governor of an application would, and records nothing. The
 * current directory is their workspace. The latest {@value #SESSIONS} sessions are remembered, and
 * what limits have counted for as long as a governor does. Confined to one thread.
 */
final class CallChecker implements AutoCloseable {

  static final int SESSIONS = 10_000;

  private static final Path WORKSPACE = Path.of("").toAbsolutePath();

  private final Governor governor;
  private final Map<Key, GovernedSession> sessions = new LatestSessions();
  private Instant now = Instant.EPOCH;

  private record Key(String session, Origin origin, String agent) {}

  CallChecker(Policy policy, Path stateRoot) {
    governor =
        Governor.builder()
            .policy(policy)
            .stateRoot(stateRoot)
            .profile(Profile.defaults())
            .trace(event -> {})
            .clock(() -> now)
            .build();
  }

  CheckAnswer check(CheckedCall checked) {
    now = checked.time() == null ? Instant.now() : checked.time();
    String id = checked.session();
    if (id == null) {
      try (GovernedSession alone = session(checked).open()) {
        return check(checked, alone);
      }
    }
    Key key = new Key(id, checked.origin(), checked.agent());
    return check(checked, sessions.computeIfAbsent(key, absent -> session(checked, id).open()));
  }

  private static CheckAnswer check(CheckedCall checked, GovernedSession session) {
    Decision decision = session.before(checked.call());
    CheckAnswer answer = CheckAnswer.of(decision);
    ToolResult result = checked.result();
    return result == null
        ? answer
        : answer.and(CheckAnswer.of(session.after(decision.call(), result)));
  }

  private SessionBuilder session(CheckedCall checked) {
    return governor
        .session()
        .agent(Agent.named(checked.agent()))
        .origin(checked.origin())
        .workspace(WORKSPACE);
  }

  /** Two agents in one session are judged each by its own lists. */
  private SessionBuilder session(CheckedCall checked, String id) {
    return session(checked).id(id).surface(checked.origin().wireName() + "/" + checked.agent());
  }

  @Override
  public void close() {
    governor.close();
  }

  /** By last use; the session unused for longest makes room. */
  private static final class LatestSessions extends LinkedHashMap<Key, GovernedSession> {

    private static final long serialVersionUID = 1L;

    LatestSessions() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, GovernedSession> eldest) {
      if (size() <= SESSIONS) {
        return false;
      }
      eldest.getValue().close();
      return true;
    }
  }
}
