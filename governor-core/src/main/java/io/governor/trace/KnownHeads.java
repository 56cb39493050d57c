package io.governor.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The heads that a trace's chain is known to have reached. Not safe for use by several threads
 * while heads are added.
 */
final class KnownHeads {

  /** Nothing is known. */
  static final KnownHeads NONE = new KnownHeads();

  private final NavigableMap<Long, List<Known>> byLines = new TreeMap<>();

  /** Where a head is kept. */
  enum Place {
    LOG("heads.log"),
    STATE("the state file beside it"),
    EXPORT("the export");

    private final String words;

    Place(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * A head.
   *
   * @param bridges whether a writer found the file to end before it, said so, and went on from it
   */
  record Known(ChainHead head, Place place, boolean bridges) {}

  void add(ChainHead head, Place place, boolean bridges) {
    if (head.lines() > 0) {
      Known known = new Known(head, place, bridges);
      List<Known> same = byLines.computeIfAbsent(head.lines(), lines -> new ArrayList<>(1));
      if (!same.contains(known)) {
        same.add(known);
      }
    }
  }

  /** These heads and those; what is added to one later is not in the other. */
  KnownHeads copy() {
    KnownHeads copy = new KnownHeads();
    byLines.forEach((lines, heads) -> copy.byLines.put(lines, new ArrayList<>(heads)));
    return copy;
  }

  boolean isEmpty() {
    return byLines.isEmpty();
  }

  /** A head of so many lines that is another than the one found there, or null. */
  @Nullable Known contradicting(long lines, String hash) {
    for (Known known : byLines.getOrDefault(lines, List.of())) {
      if (!known.head().hash().equals(hash)) {
        return known;
      }
    }
    return null;
  }

  /** The head beyond so many lines from which a writer went on after the lines before were gone. */
  @Nullable Known bridge(long lines, String hash) {
    for (List<Known> heads : byLines.tailMap(lines, false).values()) {
      for (Known known : heads) {
        if (known.bridges() && known.head().hash().equals(hash)) {
          return known;
        }
      }
    }
    return null;
  }

  /** An exported head among those of more than the first and at most the second number of lines. */
  @Nullable Known exported(long after, long to) {
    for (List<Known> heads : byLines.subMap(after, false, to, true).values()) {
      for (Known known : heads) {
        if (known.place() == Place.EXPORT) {
          return known;
        }
      }
    }
    return null;
  }

  /** The head of most lines, or null when none is known. */
  @Nullable Known furthest() {
    return byLines.isEmpty() ? null : byLines.lastEntry().getValue().get(0);
  }
}
