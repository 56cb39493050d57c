package io.governor;

import io.governor.trace.TraceStore.Sharing;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens a session. Not safe for use by several threads. */
public final class SessionBuilder {

  private final Governor governor;
  private @Nullable String id;
  private Agent agent;
  private @Nullable Intent intent;
  private Origin origin = Origin.API;
  private @Nullable String surface;
  private boolean unique;
  private boolean shared;
  private boolean hostAsks;
  private boolean rewrites = true;
  private boolean pairsByOrder;
  private @Nullable Path workspace;
  private boolean keepsWorkspace;

  SessionBuilder(Governor governor, Agent agent) {
    this.governor = governor;
    this.agent = agent;
  }

  /**
   * The host's id for the session; a random one otherwise. An open session of the same id and
   * surface is joined.
   */
  public SessionBuilder id(String newId) {
    id = newId;
    return this;
  }

  /**
   * The id was made for this session alone, as a random UUID is, so no other process can hold it:
   * saves the lock that keeps others out.
   */
  public SessionBuilder unique() {
    unique = true;
    return this;
  }

  /** Who runs in it; the governor's agent otherwise. */
  public SessionBuilder agent(Agent newAgent) {
    agent = newAgent;
    return this;
  }

  /** What it is for; nothing is stated otherwise. */
  public SessionBuilder intent(Intent newIntent) {
    intent = newIntent;
    return this;
  }

  /** The adapter that opens it. */
  public SessionBuilder origin(Origin newOrigin) {
    origin = newOrigin;
    return this;
  }

  /**
   * The folder its trace belongs to; the origin's name otherwise. Hooks give the coding agent's
   * name.
   */
  public SessionBuilder surface(String newSurface) {
    surface = newSurface;
    return this;
  }

  /**
   * The folder it works in: what a policy calls {@code ${workspace}}, and where relative paths of
   * its calls start.
   */
  public SessionBuilder workspace(Path newWorkspace) {
    workspace = newWorkspace.toAbsolutePath().normalize();
    return this;
  }

  /**
   * The folder it is in now, where nobody says for which one it works: the first folder said is its
   * workspace for good, also in other processes that share it.
   */
  public SessionBuilder startedIn(Path folder) {
    keepsWorkspace = true;
    return workspace(folder);
  }

  /** Several processes take turns in this session, as hooks do; needs an id. */
  public SessionBuilder shared() {
    shared = true;
    return this;
  }

  /**
   * The host asks its own user where a rule says so, so that {@link Action#ASK} is an answer it can
   * act on.
   */
  public SessionBuilder hostAsks() {
    hostAsks = true;
    return this;
  }

  /**
   * The host runs calls as they come or not at all: where a rule would change the arguments, the
   * call is refused.
   */
  public SessionBuilder noRewrites() {
    rewrites = false;
    return this;
  }

  /**
   * The host gives its calls no ids, so {@link GovernedSession#after} finds the call a result
   * belongs to by itself: by tool, input and order, also in another process that shares the
   * session.
   */
  public SessionBuilder pairsByOrder() {
    pairsByOrder = true;
    return this;
  }

  /**
   * Opens the session. Nothing is written before its first event.
   *
   * @throws IllegalArgumentException if the session is to be shared and has no id
   * @throws IllegalStateException if the governor is closed
   */
  public GovernedSession open() {
    return governor.join(identity(), stated());
  }

  /**
   * A session that is over already: the rules in force judge its calls, which are counted as lost
   * and not recorded. For adapters whose tools are called although the governor was closed.
   *
   * @throws IllegalArgumentException if the session is to be shared and has no id
   */
  public GovernedSession ended() {
    return governor.ended(identity(), stated());
  }

  private Intent stated() {
    return intent == null ? Intent.none() : intent;
  }

  private SessionIdentity identity() {
    String sessionId = id;
    if (sessionId == null) {
      if (shared) {
        throw new IllegalArgumentException("shared session: expected the host's session id");
      }
      sessionId = governor.newId();
    }
    Sharing own = unique || id == null ? Sharing.UNIQUE : Sharing.EXCLUSIVE;
    Sharing sharing = shared ? Sharing.SHARED : own;
    return new SessionIdentity(
        sessionId,
        surface == null ? origin.wireName() : surface,
        origin,
        agent,
        sharing,
        hostAsks,
        rewrites,
        pairsByOrder,
        workspace,
        keepsWorkspace);
  }
}
