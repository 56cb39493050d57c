package io.governor;

import io.governor.policy.Policy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Governs the tool calls of agents: built once, shared by everything in the process. Safe for use
 * by several threads. A governor without sessions holds no thread, no timer and no file.
 *
 * <pre>{@code
 * try (Governor governor = Governor.builder().agent(Agent.named("support-bot").version("1.4")).build();
 *     GovernedSession session = governor.session().intent(Intent.explicit("Answer a ticket", "crm")).open()) {
 *   Decision decision = session.before(ToolCall.of("crm.lookup", ToolArguments.ofJson(json)));
 *   if (!decision.refused()) {
 *     session.after(decision.call(), ToolResult.ofText(lookup(decision.arguments())));
 *   }
 * }
 * }</pre>
 */
public final class Governor implements AutoCloseable {

  private final GovernorRuntime runtime;
  private final Agent agent;
  private final Map<Key, GovernedSession> sessions = new ConcurrentHashMap<>();
  private final IdleCloser idleCloser;
  private volatile boolean closed;

  /** A session's place: two surfaces may use the same id. */
  private record Key(String surface, String sessionId) {
    static Key of(SessionIdentity identity) {
      return new Key(identity.surface(), identity.sessionId());
    }

    // Written out for the sake of cold starts; see RuleId.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && surface.equals(key.surface)
          && sessionId.equals(key.sessionId);
    }

    @Override
    public int hashCode() {
      return 31 * surface.hashCode() + sessionId.hashCode();
    }
  }

  Governor(GovernorRuntime runtime, Agent agent) {
    this.runtime = runtime;
    this.agent = agent;
    this.idleCloser = new IdleCloser(runtime.idleTimeout(), this::lookAround);
  }

  /** Starts building a governor. */
  public static GovernorBuilder builder() {
    return new GovernorBuilder();
  }

  /** The agent of sessions that name none. */
  public Agent agent() {
    return agent;
  }

  /** The mode of rules that name none: the policy's, where there is one. */
  public Mode mode() {
    return runtime.rules().inForce().mode();
  }

  /** Whether calls that cannot be recorded are refused where the mode is {@link Mode#ENFORCE}. */
  public boolean requiresTrace() {
    return runtime.rules().inForce().requireTrace();
  }

  /** Starts a session of the governor's agent. */
  public SessionBuilder session() {
    return new SessionBuilder(this, agent);
  }

  /** What this governor could and could not do so far. */
  public GovernorHealth health() {
    return runtime.health().snapshot(sessions.size(), runtime.rules().inForce().policy());
  }

  /**
   * Pauses the sessions of this id until they are released: from now on every call in them is
   * refused, whether or not they are open here or have begun at all; what runs already is not
   * stopped. A person is taken to ask for it, so it is acted on whatever the policy's mode, unless
   * the policy names GOV-005 under {@code standard}. Idempotent.
   *
   * <p>The pause is kept in the state root: it outlives this process, and other processes that use
   * the state root act on it within a fifth of a second. What could not be kept holds in this
   * governor alone and is counted in {@link GovernorHealth#pauseFailures()}; so does, uncounted,
   * every pause of a governor that records into a sink, see {@link GovernorBuilder#trace}.
   */
  public void pause(String sessionId) {
    runtime.pause(sessionId);
  }

  /**
   * Releases the sessions of this id, whoever paused them. Idempotent. What is kept in the state
   * root and cannot be removed goes on holding, and is counted in {@link
   * GovernorHealth#pauseFailures()}.
   */
  public void release(String sessionId) {
    runtime.pauses().release(sessionId);
  }

  /**
   * The sessions that are paused, by whomever, as this governor knows it: what other processes did
   * less than a fifth of a second ago may be missing.
   *
   * @return their names, ascending, see {@link io.governor.pause.PausedSession#name()}
   */
  public SortedSet<String> pausedSessions() {
    return runtime.pauses().names();
  }

  /**
   * Puts another policy in force, for every call judged from now on; a decision is taken by one
   * policy as a whole.
   *
   * @throws IllegalArgumentException if the policy does not go with the rules added in Java; the
   *     one in force stays
   */
  public void reload(Policy policy) {
    runtime.rules().replace(policy);
  }

  /**
   * Has the rules judge calls made up for the purpose, so that the first calls of an agent do not
   * wait for classes to be loaded and code to be compiled. Records and counts nothing; takes well
   * under a second.
   */
  public void warmUp() {
    WarmUp.run(runtime);
  }

  /**
   * The rules in force that could touch calls of a tool or their results, ascending by id, each
   * once: those that look at the tool, the standard rules that take part in verdicts, {@code
   * GOV-001} or {@code GOV-002} where a list keeps the agent from it, {@code GOV-003} where risk is
   * weighed, and {@code GOV-006} for names of tools that can be pinned, {@code mcp__…}. Rules that
   * are off are not among them, and neither is what holds for calls of any tool whatever the policy
   * says. Judges and records nothing.
   *
   * @param agent who would call it
   * @param tool its name as the model uses it
   */
  public List<RuleHit> rulesFor(Agent agent, String tool) {
    return runtime.rules().inForce().touching(agent.id(), tool);
  }

  /**
   * Every rule in force that could touch some call or result of an agent, as {@link #rulesFor} has
   * them for one tool, but for {@code GOV-006}, which not every host can tell of.
   */
  public List<RuleHit> rules() {
    return runtime.rules().inForce().touching();
  }

  String newId() {
    return runtime.ids().get();
  }

  /** Never among the open sessions, whatever is called on it. */
  GovernedSession ended(SessionIdentity identity, Intent intent) {
    GovernedSession session =
        new GovernedSession(identity, intent, runtime, used -> {}, over -> {});
    session.closeWithGovernor();
    return session;
  }

  GovernedSession join(SessionIdentity identity, Intent intent) {
    if (closed) {
      throw new IllegalStateException("this governor is closed; open sessions on one that is not");
    }
    GovernedSession session =
        sessions.computeIfAbsent(
            Key.of(identity),
            key -> {
              Membership membership = new Membership();
              return new GovernedSession(
                  identity, intent, runtime, membership::used, membership::ended);
            });
    idleCloser.wake();
    return session;
  }

  /**
   * Whether one session may stand among the open ones: until its owner closes it. A call on the
   * handle afterwards must not bring it back, where the next one of that id would be given it.
   */
  private final class Membership {
    private volatile boolean over;

    /** A session that was closed for idleness is back. */
    void used(GovernedSession session) {
      if (over || closed) {
        return;
      }
      Key key = Key.of(session.identity());
      // Asked again by the map, which lets no removal happen meanwhile.
      if (!sessions.containsKey(key)
          && sessions.computeIfAbsent(key, absent -> over ? null : session) == session) {
        idleCloser.wake();
      }
    }

    void ended(GovernedSession session) {
      over = true;
      forget(session);
    }
  }

  private void forget(GovernedSession session) {
    sessions.remove(Key.of(session.identity()), session);
  }

  /** On the thread that looks for idle sessions nobody waits for what else is due. */
  private boolean lookAround() {
    boolean anyLeft = closeIdleSessions();
    runtime.store().tidy();
    return anyLeft;
  }

  /**
   * Closes the sessions that have been idle for too long.
   *
   * @return whether any session is left
   */
  boolean closeIdleSessions() {
    long now = runtime.nanoTime().getAsLong();
    for (GovernedSession session : sessions.values()) {
      long lastUse = session.lastUse();
      if (now - lastUse >= runtime.idleTimeout().toNanos()) {
        closeIdle(session, lastUse);
      }
    }
    return !sessions.isEmpty();
  }

  /** Closed before it is forgotten, so that one of its id that is opened now finds what it was. */
  private void closeIdle(GovernedSession session, long lastUse) {
    session.closeIdle();
    forget(session);
    if (session.lastUse() != lastUse) {
      session.rejoin();
    }
  }

  /**
   * Closes every session here and the trace; sessions that processes share go on elsewhere. Calls
   * that wait for a person are refused at once, and so are later ones that need one. Idempotent;
   * any thread may call it, an approver's own included; calls that an approver or the machine holds
   * up are waited for a second at most.
   */
  @Override
  public void close() {
    closed = true;
    idleCloser.stop();
    ApprovalDesk approvals = runtime.approvals();
    if (approvals != null) {
      approvals.close();
    }
    for (GovernedSession session : List.copyOf(sessions.values())) {
      session.closeWithGovernor();
    }
    try {
      runtime.store().close();
    } catch (IOException e) {
      runtime.health().closingFailed(e);
    }
  }
}
