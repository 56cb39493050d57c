package io.governor.sync.count;

import java.util.ArrayList;
import java.util.List;

/**
 * Pieces that one thread reads together, and what they came to. Confined to one thread at a time.
 */
final class Unit {

  /** Its place in the order of the sources, counted from 0. */
  final long number;

  final List<Piece> pieces;

  /** Those that were read, in order. */
  final List<PieceTally> tallies = new ArrayList<>();

  final FoundEvents found;

  Unit(long number, List<Piece> pieces, FoundEvents found) {
    this.number = number;
    this.pieces = pieces;
    this.found = found;
  }
}
