package io.governor.sync;

/**
 * A part of a trace file of which nobody can tell whether it was counted before, because the file
 * was rewritten; nothing of it is counted, neither now nor later. Lines without a violation, which
 * count nothing anyway, may stand in it. It stays on the machine. Immutable.
 *
 * @param file its path at that time
 * @param from its first byte; for a gzip file, of what it decompresses to
 * @param to the first byte behind it
 * @param lines how many of its lines are lost
 */
public record DeclaredLoss(String file, long from, long to, long lines) {}
