package io.governor.trace;

/**
 * Something in a source that could not be read. Says where and why, never what stands there.
 *
 * @param source the file, directory or stream
 * @param line the line, counted from 1; 0 when the problem is the source's as a whole
 * @param reason why, in a few words
 */
public record ReadProblem(String source, long line, String reason) {

  /** {@code source:line: reason}. */
  @Override
  public String toString() {
    return line == 0 ? source + ": " + reason : source + ":" + line + ": " + reason;
  }
}
