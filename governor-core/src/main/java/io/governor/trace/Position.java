package io.governor.trace;

/**
 * Where an event stands. Immutable.
 *
 * @param source the file, as its path was given, or the name of the stream
 * @param line the line on which it begins, counted from 1
 * @param byteOffset its first byte, counted from the start of the source
 * @param byteLength its bytes, without a line end
 */
public record Position(String source, long line, long byteOffset, int byteLength) {

  /** {@code source:line}. */
  @Override
  public String toString() {
    return source + ":" + line;
  }
}
