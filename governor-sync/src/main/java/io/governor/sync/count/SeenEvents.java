package io.governor.sync.count;

import java.io.Closeable;
import java.io.IOException;

/**
 * The events that were met in one count, each identified by ({@code session_id}, {@code event_id}).
 * Exact: it never takes two events for one, nor one for two. Used by one thread at a time, not
 * always the same one, in the order in which the events stand in the sources, whatever number of
 * threads reads them; whoever calls orders the calls. Closing frees what it holds.
 */
public interface SeenEvents extends Closeable {

  /** The sequence number of an event that has none, or one that is no number. */
  long NO_SEQUENCE = -1;

  /**
   * Adds an event.
   *
   * @param bytes holds both ids, without their escapes, in UTF-8; half a surrogate pair is the
   *     three bytes that UTF-8 would have for it, so that different ids have different bytes. The
   *     caller goes on to use the array
   * @param sessionFrom where the session id begins
   * @param sessionLength its bytes; 0 when the event has none
   * @param eventFrom where the event id begins
   * @param eventLength its bytes
   * @param sequence {@code event_sequence_number}, a hint that identifies nothing: copies have the
   *     same one and a writer counts up from 1 within a session, but a line may claim any. {@link
   *     #NO_SEQUENCE} when it is not known
   * @return whether the event is met for the first time
   * @throws IOException if what no longer fits into memory cannot be kept anywhere else
   */
  boolean add(
      byte[] bytes,
      int sessionFrom,
      int sessionLength,
      int eventFrom,
      int eventLength,
      long sequence)
      throws IOException;

  /** Frees everything, temporary files included. */
  @Override
  void close() throws IOException;
}
