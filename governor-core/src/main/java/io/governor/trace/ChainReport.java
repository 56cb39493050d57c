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
 * @param foreignLines lines of a file without any chain that are no events
 * @param chainEnd how many lines the chain had at its last line here, those included that are gone
 * @param head the hash of the last line in the chain, 64 hex digits; null when there is none. Lines
 *     missing at the end of a file show only when this is compared with a head kept elsewhere
 * @param firstBreak where the chain breaks; null unless tampered with
 * @param missing lines that are gone; null when none are known to be
 */
public record ChainReport(
    String source,
    Status status,
    long chainedLines,
    long unchainedLines,
    long damagedLines,
    long foreignLines,
    long chainEnd,
    @Nullable String head,
    @Nullable Break firstBreak,
    @Nullable Missing missing) {

  /** What became of a chain. */
  public enum Status {
    /** Every line is as it was written, and in its place. */
    INTACT,
    /** No line has a chain, as in foreign traces. */
    NOT_CHAINED,
    /** Intact but for lines that a crash cut off. */
    DAMAGED,
    /** Lines are gone that a recorded head knows of, as a power cut leaves a file, or a cut. */
    MISSING,
    /** A line was changed, removed, inserted or moved. */
    TAMPERED
  }

  /**
   * The first line that does not fit.
   *
   * @param line its number in the file, counted from 1
   * @param reason what is wrong with it
   * @param expected the hash that should stand there, 64 hex digits, where a hash is wrong
   * @param found the hash that stands there
   */
  public record Break(
      long line, String reason, @Nullable String expected, @Nullable String found) {}

  /**
   * Lines that are gone, counted from 1 in the chain, not in the file.
   *
   * @param from the first of the first gap
   * @param to the last of that gap
   * @param lines how many are gone in all
   * @param knownFrom where the head stands that knows of them
   */
  public record Missing(long from, long to, long lines, String knownFrom) {}
}
