package io.governor.sync.count;

/**
 * A part of an input that one thread reads in one go: the lines that begin from {@code from} on and
 * before {@code to}. Immutable.
 *
 * @param input what it is a part of
 * @param index which of all inputs that is
 * @param from a line's beginning when it is the input's first piece, and any place otherwise
 * @param to {@link TraceSlice#END} in the only piece of an input whose end is not known yet
 * @param end the end of the input, to which the last line may be read on
 */
record Piece(Input input, int index, long from, long to, long end) {

  static Piece whole(Input input, int index) {
    return new Piece(input, index, input.from(), input.to(), input.to());
  }

  boolean isFirst() {
    return from == input.from();
  }

  boolean isLast() {
    return to == end;
  }

  /** Whether the input was found to be plain lines and taken apart. */
  boolean isPart() {
    return !isFirst() || !isLast();
  }
}
