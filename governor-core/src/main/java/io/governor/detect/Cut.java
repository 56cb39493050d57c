package io.governor.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A span of a text to be replaced by a marker.
 *
 * <p>Findings that overlap become one cut. It bears the name of the finding that starts first; of
 * several, the longest; of several, the detector that comes first in the set.
 *
 * <p>What remains between cuts is looked at again, because it may be found now that its neighbour
 * is gone; so a text that was redacted has nothing left to find. After {@value #MAX_ROUNDS} rounds,
 * which only a text made for it needs, a remainder with a finding is cut as a whole.
 */
record Cut(int start, int end, String detector) {

  static final int MAX_ROUNDS = 4;

  /**
   * The cuts of a text in ascending order.
   *
   * @param memberNames the names of the member whose value the text is, if it is one
   */
  static List<Cut> of(
      String text, Collection<String> memberNames, Selection selection, Detectors detectors) {
    if (detectors.scan(text, memberNames, selection).isEmpty()) {
      return List.of();
    }
    List<Cut> cuts = new ArrayList<>();
    Deque<Piece> open = new ArrayDeque<>(pieces(text, detectors));
    while (!open.isEmpty()) {
      Piece piece = open.remove();
      String content = text.substring(piece.start(), piece.end());
      List<Finding> findings = detectors.scan(content, memberNames, selection);
      if (!findings.isEmpty() && piece.round() == MAX_ROUNDS) {
        cuts.add(new Cut(piece.start(), piece.end(), findings.get(0).detector()));
      } else if (!findings.isEmpty()) {
        cut(piece, findings, cuts, open);
      }
    }
    cuts.sort(Comparator.comparingInt(Cut::start));
    return cuts;
  }

  /** A stretch of the text that holds no marker. */
  private record Piece(int start, int end, int round) {}

  private static List<Piece> pieces(String text, Detectors detectors) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    Marker marker = Marker.next(text, 0, detectors.nameSet());
    while (marker != null) {
      pieces.add(new Piece(from, marker.start(), 0));
      from = marker.end();
      marker = Marker.next(text, from, detectors.nameSet());
    }
    pieces.add(new Piece(from, text.length(), 0));
    return pieces;
  }

  private static void cut(Piece piece, List<Finding> findings, List<Cut> cuts, Deque<Piece> open) {
    int from = piece.start();
    for (Cut cut : merged(findings, piece.start())) {
      cuts.add(cut);
      addRest(from, cut.start(), piece.round(), open);
      from = cut.end();
    }
    addRest(from, piece.end(), piece.round(), open);
  }

  private static void addRest(int from, int to, int round, Deque<Piece> open) {
    if (from < to) {
      open.add(new Piece(from, to, round + 1));
    }
  }

  private static List<Cut> merged(List<Finding> findings, int offset) {
    List<Cut> cuts = new ArrayList<>();
    Cut last = null;
    for (Finding finding : findings) {
      int start = finding.start() + offset;
      int end = finding.end() + offset;
      if (last == null || start >= last.end()) {
        last = new Cut(start, end, finding.detector());
        cuts.add(last);
      } else if (end > last.end()) {
        last = new Cut(last.start(), end, last.detector());
        cuts.set(cuts.size() - 1, last);
      }
    }
    return cuts;
  }
}
