package io.governor.trace;

import java.io.IOException;

/**
 * The pieces of a source that should be events, one after the other: its lines, or the items of its
 * array. The accessors speak of the current piece and are valid until the next one.
 */
interface Records {

  /** Goes to the next piece; false at the end of the source. */
  boolean next() throws IOException;

  /** Holds the piece from {@link #start()} on. */
  byte[] buffer();

  int start();

  int length();

  /** The piece's first byte, counted from the start of the source. */
  long offset();

  /** The line on which the piece begins, counted from 1. */
  long line();

  /** Whether the piece is longer than an event may be; it is not held then. */
  boolean tooLong();

  /** Whether the piece has its end, which the last line of a source may lack. */
  boolean ended();
}
