package io.governor.trace;

import java.io.IOException;

/**
 * A trace, or the folder it lies in, was removed while it was written. What was appended since it
 * was last seen is nowhere, although each append went well. Nothing needs to be ended or closed
 * after this; the next use begins a new trace.
 */
public final class TraceVanishedException extends IOException {

  private static final long serialVersionUID = 1;

  private final long events;

  TraceVanishedException(long events) {
    super("the trace was removed while it was written");
    this.events = events;
  }

  /** How many events were appended since the trace was last seen. */
  public long events() {
    return events;
  }
}
