package io.governor.sync.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts that were dealt with, by what they begin with, and lines that are in them. Immutable. */
final class Known {

  private final Map<Long, List<Content>> byHead = new HashMap<>();
  private final long[] lines;
  private final int mask;
  private boolean zero;

  Known(Collection<Content> contents) {
    int count = contents.stream().mapToInt(content -> content.lines().length + 2).sum();
    this.lines = new long[Math.max(16, Integer.highestOneBit(Math.max(1, count)) * 4)];
    this.mask = lines.length - 1;
    for (Content content : contents) {
      byHead.computeIfAbsent(content.head(), head -> new ArrayList<>(1)).add(content);
      add(content.head());
      add(content.lastLine());
      for (long line : content.lines()) {
        add(line);
      }
    }
  }

  /** Those that begin with a line. */
  List<Content> beginningWith(long head) {
    return byHead.getOrDefault(head, List.of());
  }

  private void add(long line) {
    if (line == 0) {
      zero = true;
      return;
    }
    int at = slot(line);
    lines[at] = line;
  }

  /** Whether a line is one of those that are remembered. */
  boolean hasLine(long line) {
    return line == 0 ? zero : lines[slot(line)] == line;
  }

  private int slot(long line) {
    int at = (int) (line ^ (line >>> 32)) & mask;
    while (lines[at] != 0 && lines[at] != line) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
