package io.governor;

import io.governor.event.TraceEvent;
import java.io.IOException;

/**
 * Receives the events of governed sessions. Events of one session arrive one at a time and in
 * order; events of different sessions may arrive at once, so a sink must be safe for use by several
 * threads. A sink that throws never hurts the host: the loss is counted and told once.
 */
public interface TraceSink {

  /**
   * Takes one event. When this sink is a session's trace, returning means the event is on record
   * and throwing means it is not.
   *
   * @throws IOException if the event could not be taken
   */
  void accept(TraceEvent event) throws IOException;

  /** The session ended; nothing more comes from it unless it is resumed. */
  default void sessionClosed(String sessionId) throws IOException {}

  /** A sink that takes everything and keeps nothing. */
  static TraceSink none() {
    return event -> {};
  }
}
