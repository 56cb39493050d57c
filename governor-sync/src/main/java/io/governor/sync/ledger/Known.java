package io.governor.sync.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts that were dealt with, by what they begin with, and their events. Confined to one thread.
 */
final class Known {

  private final Map<Long, List<Content>> byHead = new HashMap<>();
  private final LongSet done = new LongSet();
  private final Map<Long, Done> partly = new HashMap<>();
  private final LongSet claimed = new LongSet();

  Known(Collection<Content> contents) {
    for (Content content : contents) {
      byHead.computeIfAbsent(content.head(), head -> new ArrayList<>(1)).add(content);
      addEvents(content);
    }
  }

  private void addEvents(Content content) {
    int key = 0;
    for (Part part : content.parts()) {
      for (; key < part.keys(); key++) {
        if (part.done().all()) {
          done.add(content.keys()[key]);
        } else {
          partly.merge(content.keys()[key], part.done(), Done::plus);
        }
      }
    }
  }

  /** Texts that begin with a line. */
  List<Content> beginningWith(long head) {
    return byHead.getOrDefault(head, List.of());
  }

  /** What was done with an event, or null when it was never seen. */
  @Nullable Done of(long key) {
    return done.contains(key) ? Done.ALL : partly.get(key);
  }

  /** Lines without an event id that are counted in this run, from one text. */
  void claim(LongList lines) {
    for (int i = 0; i < lines.size(); i++) {
      claimed.add(lines.get(i));
    }
  }

  /** Whether such a line is counted in this run already, from another text. */
  boolean isClaimed(long line) {
    return claimed.contains(line);
  }
}
