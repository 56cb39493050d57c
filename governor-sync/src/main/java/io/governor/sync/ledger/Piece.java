package io.governor.sync.ledger;

/**
 * A part of a text and what is known of it.
 *
 * @param from its first byte
 * @param to the first byte behind it
 * @param done which of its events were dealt with
 * @param lost whether nobody can tell which of its events were, so that none is counted
 * @param lines how many lines it has, where it is lost
 * @param waits whether it may have an event that this run leaves to a later one
 */
record Piece(long from, long to, Done done, boolean lost, long lines, boolean waits) {}
