package io.governor.trace;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link ChainVerifier} found in a trace file. Immutable.
 *
 * @param source the file, as its path was given, or the name of the stream
 * @param status the finding
 * @param chainedLines lines in the chain up to its end or its first break
 * @param unchainedLines events without a chain before the first line that has one, or in all of a
 *     file without any
 * @param damagedLines lines that a crash cut off
 * @param head the hash of the last line in the chain, 64 hex digits; null when there is none. Lines
 *     missing at the end of a file show only when this is compared with a head kept elsewhere
 * @param firstBreak where the chain breaks; null unless tampered with
 */
public record ChainReport(
    String source,
    Status status,
    long chainedLines,
    long unchainedLines,
    long damagedLines,
    @Nullable String head,
    @Nullable Break firstBreak) {

  /** What became of a chain. */
  public enum Status {
    /** Every line is as it was written, and in its place. */
    INTACT,
    /** No line has a chain, as in foreign traces. */
    NOT_CHAINED,
    /** Intact but for lines that a crash cut off. */
    DAMAGED,
    /** A line was changed, removed, inserted or moved. */
    TAMPERED
  }

  /**
   * The first line that does not fit.
   *
   * @param line its number, counted from 1
   * @param reason what is wrong with it
   * @param expected the hash that should stand there, 64 hex digits, where a hash is wrong
   * @param found the hash that stands there
   */
  public record Break(
      long line, String reason, @Nullable String expected, @Nullable String found) {}
}
