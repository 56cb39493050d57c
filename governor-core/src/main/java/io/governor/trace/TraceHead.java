package io.governor.trace;

/**
 * Where the chain of a trace has come to, for keeping elsewhere. Immutable.
 *
 * @param trace the file, from the state root on, with slashes
 * @param lines how many lines its chain has had
 * @param hash the hash of the last one, 64 lower-case hex digits
 */
public record TraceHead(String trace, long lines, String hash) {}
