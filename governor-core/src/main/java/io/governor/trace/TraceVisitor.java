package io.governor.trace;

/**
 * Takes what a {@link TraceReader} reads, in order, on the reading thread.
 *
 * @param <T> a whole event, or its head
 */
@FunctionalInterface
public interface TraceVisitor<T> {

  /** Takes one event; false ends the reading. */
  boolean visit(T event, Position at);
}
