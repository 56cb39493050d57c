package io.governor.langchain4j;

import io.governor.GovernedSession;
import io.governor.Governor;
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
  private final Turns turns = new Turns();
  private volatile @Nullable GovernedSession session;

  private Run(Governor governor, Supplier<GovernedSession> opening, boolean endsWithInvocation) {
    this.governor = governor;
    this.opening = opening;
    this.endsWithInvocation = endsWithInvocation;
  }

  /** A run whose session ends with the invocation. */
  static Run ofInvocation(Governor governor, Supplier<GovernedSession> opening) {
    return new Run(governor, opening, true);
  }

  /** A run in a session that outlives it. */
  static Run within(Governor governor, Supplier<GovernedSession> opening) {
    return new Run(governor, opening, false);
  }

  /** A run with turns of its own in the session of another. */
  Run nested() {
    return within(governor, this::session);
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

  /** The invocation ended. A call that is late all the same opens the session again. */
  void end() {
    GovernedSession open = session;
    session = null;
    if (open != null && endsWithInvocation) {
      open.close();
    }
  }
}
