package io.governor.sync.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a text as they are found, one after the other and without gaps; neighbours of which
 * the same is known become one. Confined to one thread.
 */
final class Pieces {

  private final List<Piece> list = new ArrayList<>();

  /** A part of which it is known what was dealt with. */
  void add(long from, long to, Done done, boolean waits) {
    if (!list.isEmpty()
        && !last().lost()
        && last().done().equals(done)
        && last().waits() == waits) {
      list.set(list.size() - 1, new Piece(last().from(), to, done, false, 0, waits));
    } else {
      list.add(new Piece(from, to, done, false, 0, waits));
    }
  }

  /**
   * What counts nothing, whatever it is taken for.
   *
   * @param ended whether it is whole; otherwise it has to wait for its end
   */
  void addQuiet(long from, long to, boolean ended) {
    boolean follows = ended && !list.isEmpty();
    add(from, to, follows ? last().done() : Done.NOTHING, follows && last().waits());
  }

  /** A violation that must not count, because nobody can tell whether it did. */
  void addLost(long from, long to, boolean waits) {
    list.add(new Piece(from, to, Done.ALL, true, 1, waits));
  }

  /** A violation of which {@link #decided} says whether it is lost. */
  void addDoubtful(long from, long to, boolean waits) {
    list.add(new Piece(from, to, Done.NOTHING, true, 1, waits));
  }

  private Piece last() {
    return list.get(list.size() - 1);
  }

  /** All of them, once it is known whether the doubtful ones are lost or new. */
  List<Piece> decided(boolean lost) {
    return list.stream().map(piece -> decided(piece, lost)).toList();
  }

  private static Piece decided(Piece piece, boolean lost) {
    boolean doubtful = piece.lost() && piece.done().isNothing();
    return doubtful
        ? new Piece(
            piece.from(),
            piece.to(),
            lost ? Done.ALL : Done.NOTHING,
            lost,
            piece.lines(),
            piece.waits())
        : piece;
  }
}
