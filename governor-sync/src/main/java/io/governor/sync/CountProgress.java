package io.governor.sync;

/** Hears how far a count has come, on one of its threads, one call at a time; keep it quick. */
@FunctionalInterface
public interface CountProgress {

  /** Hears nothing. */
  CountProgress NONE = (read, total) -> {};

  /**
   * About every mebibyte, and once at the end.
   *
   * @param bytesRead how much of the sources is behind, in bytes
   * @param bytesTotal how much there was when the count began, or -1 when that cannot be known, as
   *     with standard input
   */
  void at(long bytesRead, long bytesTotal);
}
