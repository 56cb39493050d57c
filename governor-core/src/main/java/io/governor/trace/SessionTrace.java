package io.governor.trace;

import io.governor.event.TraceEvent;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The place one session's events go. Used by one thread at a time, the session's lock sees to that;
 * each use is a {@link #begin()}, any number of appends and an {@link #end}.
 */
public interface SessionTrace {

  /**
   * Begins a use, and where others share the trace, keeps them out until {@link #end}.
   *
   * @return what the session continues from when others have written or this is the first use; null
   *     when the caller's own picture still holds
   * @throws TraceVanishedException if the trace was removed since the last use; asked again, this
   *     begins a new one
   * @throws IOException if the trace cannot be had; nothing needs to be ended then
   */
  @Nullable SessionSnapshot begin() throws IOException;

  /**
   * Puts one event on record. Returning means it is; throwing means it is not.
   *
   * @throws IOException if it could not be written
   */
  void append(TraceEvent event) throws IOException;

  /**
   * Ends a use, also when it throws.
   *
   * @param now says what the session has come to; asked only where that is kept
   * @return whether that is kept, so that the next {@link #begin()} gives it back
   * @throws TraceVanishedException if the trace was removed meanwhile
   * @throws IOException if it was to be kept and could not be
   */
  boolean end(Supplier<SessionSnapshot> now) throws IOException;

  /**
   * Frees what the trace holds; it can be opened again later.
   *
   * @param ended whether the session is over, rather than left to others or to a later use
   * @param now says what the session has come to, without losses: the session tells them itself, or
   *     nobody; asked only where no file tells it
   * @throws TraceVanishedException if the trace was removed since the last use
   */
  void close(boolean ended, Supplier<SessionSnapshot> now) throws IOException;
}
