package io.governor.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a token as a sequence of pieces, each a character or a class with a count, in the
 * notation of regular expressions: {@code T[A-Z0-9]{8,12}/[a-z]{24}}. Each piece takes as many
 * characters as it may and gives none back, so a match looks at no character twice and needs no
 * automaton. What that cannot say (alternatives, a class that would swallow the piece after it) is
 * said by several rows or by a check. Immutable; safe to share between threads.
 */
final class TokenShape {

  private static final int MOST = 4096;

  private final List<Piece> pieces;

  private TokenShape(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  private record Piece(CharacterSet characters, int least, int most) {}

  /**
   * Reads a shape.
   *
   * @throws IllegalArgumentException when it is not of the notation above
   */
  static TokenShape parse(String pattern) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (at < pattern.length()) {
      int end = pattern.charAt(at) == '[' ? pattern.indexOf(']', at) + 1 : at + 1;
      require(end > at, pattern);
      CharacterSet characters = characters(pattern.substring(at, end), pattern);
      int least = 1;
      int most = 1;
      if (end < pattern.length() && pattern.charAt(end) == '{') {
        int close = pattern.indexOf('}', end);
        require(close > end, pattern);
        String[] counts = pattern.substring(end + 1, close).split(",", -1);
        least = Integer.parseInt(counts[0]);
        most = counts.length == 1 ? least : Integer.parseInt(counts[1]);
        end = close + 1;
      }
      require(least >= 0 && most >= least && most > 0 && most <= MOST, pattern);
      pieces.add(new Piece(characters, least, most));
      at = end;
    }
    return new TokenShape(pieces);
  }

  /** The end of the match that begins at a place, or -1. */
  int matchEnd(String text, int from) {
    int at = from;
    for (Piece piece : pieces) {
      int stop = (int) Math.min(text.length(), (long) at + piece.most());
      int begin = at;
      while (at < stop && piece.characters().has(text.charAt(at))) {
        at++;
      }
      if (at - begin < piece.least()) {
        return -1;
      }
    }
    return goesOn(text, at) ? -1 : at;
  }

  /** The start of the longest match that ends at a place, or -1; for a shape of one piece. */
  int matchStart(String text, int to) {
    Piece piece = pieces.get(0);
    int at = to;
    while (at > 0 && to - at <= piece.most() && piece.characters().has(text.charAt(at - 1))) {
      at--;
    }
    return to - at >= piece.least() && to - at <= piece.most() ? at : -1;
  }

  /** A token longer than its format allows is another thing. */
  private boolean goesOn(String text, int at) {
    char next = Characters.at(text, at);
    return Characters.isWord(next) || pieces.get(pieces.size() - 1).characters().has(next);
  }

  private static CharacterSet characters(String piece, String pattern) {
    if (!piece.startsWith("[")) {
      return CharacterSet.of(piece);
    }
    CharacterSet characters = CharacterSet.of("");
    for (int i = 1; i < piece.length() - 1; i++) {
      boolean range = i + 2 < piece.length() - 1 && piece.charAt(i + 1) == '-';
      char last = range ? piece.charAt(i + 2) : piece.charAt(i);
      require(piece.charAt(i) <= last && last < 128, pattern);
      characters = characters.with(piece.charAt(i), last);
      i += range ? 2 : 0;
    }
    return characters;
  }

  private static void require(boolean condition, String pattern) {
    if (!condition) {
      throw new IllegalArgumentException("Not a token shape: " + pattern);
    }
  }
}
