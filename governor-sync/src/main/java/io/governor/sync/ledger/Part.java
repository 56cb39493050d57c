package io.governor.sync.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What was done up to an offset of a text, from where the part before it ends.
 *
 * @param to the first byte behind it
 * @param keys how many of the text's keys are of events up to there
 * @param done which of its events were dealt with
 */
record Part(long to, int keys, Done done) {

  /** What either says was done with one and the same text. */
  static List<Part> plus(List<Part> a, List<Part> b) {
    List<Part> sum = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      Part first = a.get(i);
      Part second = b.get(j);
      Part shorter = first.to <= second.to ? first : second;
      add(sum, new Part(shorter.to, shorter.keys, first.done.plus(second.done)));
      i += first.to == shorter.to ? 1 : 0;
      j += second.to == shorter.to ? 1 : 0;
    }
    return sum;
  }

  /** Adds one at the end; neighbours that say the same become one. */
  static void add(List<Part> parts, Part next) {
    int last = parts.size() - 1;
    long from = last < 0 ? 0 : parts.get(last).to;
    if (next.to <= from) {
      return;
    }
    if (last >= 0 && parts.get(last).done.equals(next.done)) {
      parts.set(last, next);
    } else {
      parts.add(next);
    }
  }
}
