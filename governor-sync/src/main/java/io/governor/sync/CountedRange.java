package io.governor.sync;

/**
 * A part of a trace file that a window was counted from. It stays on the machine. Immutable.
 *
 * @param file its path at that time
 * @param from its first byte; for a gzip file, of what it decompresses to
 * @param to the first byte behind it
 */
public record CountedRange(String file, long from, long to) {}
