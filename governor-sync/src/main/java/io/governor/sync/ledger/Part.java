package io.governor.sync.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What was done up to an offset of a text, from where the part before it ends.
 *
 * @param to the first byte behind it
 * @param done which of its events were dealt with
 */
record Part(long to, Done done) {

  /** The parts up to an offset; neighbours that say the same become one. */
  static List<Part> until(List<Part> parts, long offset) {
    List<Part> kept = new ArrayList<>();
    long from = 0;
    for (Part part : parts) {
      if (from >= offset) {
        break;
      }
      add(kept, new Part(Math.min(part.to, offset), part.done));
      from = part.to;
    }
    return kept;
  }

  /** What either says was done with one and the same text. */
  static List<Part> plus(List<Part> a, List<Part> b) {
    List<Part> sum = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      Part first = a.get(i);
      Part second = b.get(j);
      long to = Math.min(first.to, second.to);
      add(sum, new Part(to, first.done.plus(second.done)));
      i += first.to == to ? 1 : 0;
      j += second.to == to ? 1 : 0;
    }
    return sum;
  }

  /** Adds one at the end. */
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
