package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.TokenUsage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One invocation of an AI service, with the session its tool calls belong to and its model turns.
 * Safe for use by several threads.
 */
final class Run {

  /** The run on whose behalf this thread is inside a tool. */
  private static final ThreadLocal<@Nullable Run> INSIDE = new ThreadLocal<>();

  private final Governor governor;
  private final Supplier<GovernedSession> opening;
  private final boolean endsWithInvocation;
  private final @Nullable Run outer;
  private final Awaited awaited = new Awaited();
  private final Turns turns = new Turns(awaited);
  private volatile @Nullable GovernedSession session;

  // Guarded by this.
  private int underWay;
  private boolean ended;
  private boolean settled;

  private Run(
      Governor governor,
      Supplier<GovernedSession> opening,
      boolean endsWithInvocation,
      @Nullable Run outer) {
    this.governor = governor;
    this.opening = opening;
    this.endsWithInvocation = endsWithInvocation;
    this.outer = outer;
  }

  /** A run whose session ends with the invocation. */
  static Run ofInvocation(Governor governor, Supplier<GovernedSession> opening) {
    return new Run(governor, opening, true, null);
  }

  /** A run in a session that outlives it. */
  static Run within(Governor governor, Supplier<GovernedSession> opening) {
    return new Run(governor, opening, false, null);
  }

  /** A run with turns of its own in the session of another. */
  Run nested() {
    return new Run(governor, this::session, false, this);
  }

  /** The run under the same governor that has called from within a tool on this thread, or null. */
  static @Nullable Run calling(Governor governor) {
    Run inside = INSIDE.get();
    return inside != null && inside.governor == governor ? inside : null;
  }

  /**
   * The session, opened at the first tool call. Two threads that come first at once open the same.
   */
  GovernedSession session() {
    GovernedSession open = session;
    if (open == null) {
      open = opening.get();
      session = open;
    }
    return open;
  }

  /**
   * Whether the model is to be offered the tool. Nothing was withdrawn from a session that is the
   * invocation's own and has no call yet.
   */
  boolean offers(String tool) {
    GovernedSession open = session;
    if (open == null && endsWithInvocation) {
      return true;
    }
    return session().offers(tool);
  }

  Turns turns() {
    return turns;
  }

  /** This thread goes into a tool; what it was inside of before is given back. */
  @Nullable Run enter() {
    Run outer = INSIDE.get();
    INSIDE.set(this);
    return outer;
  }

  /** The work, inside of whatever this thread is inside of now. */
  static Runnable handedOn(Runnable work) {
    Run inside = INSIDE.get();
    if (inside == null) {
      return work;
    }
    return () -> {
      Run outer = inside.enter();
      try {
        work.run();
      } finally {
        leave(outer);
      }
    };
  }

  static void leave(@Nullable Run outer) {
    if (outer == null) {
      INSIDE.remove();
    } else {
      INSIDE.set(outer);
    }
  }

  /** The model is about to be asked: what the turn before used is settled. */
  void asking() {
    recordOwed();
    awaited.asking();
  }

  private void recordOwed() {
    TokenUsage owed = turns.owed();
    if (owed != null) {
      session().recordTurn(owed, "langchain4j_response");
    }
  }

  Awaited awaited() {
    return awaited;
  }

  /** A call begins; until it is {@link #over}, the session stays open. */
  GovernedSession begin(ToolExecutionRequest call) {
    awaited.begun(call);
    hold();
    return session();
  }

  void over() {
    release();
  }

  private synchronized void hold() {
    underWay++;
  }

  private void release() {
    synchronized (this) {
      underWay--;
    }
    settle();
  }

  /**
   * The invocation ended. Calls of it may still be under way, or yet to come: its session ends with
   * the last of them. What is asked for and never comes leaves it to end by being idle.
   *
   * @return whether nothing is left of the run
   */
  boolean end() {
    Run caller = outer;
    recordOwed();
    synchronized (this) {
      if (ended) {
        return settled;
      }
      ended = true;
      if (caller != null) {
        caller.hold();
      }
    }
    awaited.ended();
    return settle();
  }

  /** A call that comes even after this opens the session again, which then ends by being idle. */
  private boolean settle() {
    GovernedSession open;
    synchronized (this) {
      if (!ended || settled || underWay > 0 || awaited.more()) {
        return settled;
      }
      settled = true;
      open = session;
      session = null;
    }
    if (open != null && endsWithInvocation) {
      open.close();
    }
    if (outer != null) {
      outer.release();
    }
    return true;
  }
}
