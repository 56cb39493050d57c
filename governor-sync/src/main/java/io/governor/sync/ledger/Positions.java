package io.governor.sync.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far each trace was dealt with: the files as they were left, and the texts that were seen.
 * Immutable.
 *
 * @param files by path
 * @param contents every text, of files that are there and of such that are gone
 */
record Positions(Map<String, Located> files, List<Content> contents) {

  static final Positions NONE = new Positions(Map.of(), List.of());

  /** A text is remembered so long after its last file was seen; copies of it may come back. */
  static final long DAYS_REMEMBERED = 400;

  /** And no more of those than this, the ones that went last. */
  static final int MOST_GONE = 100_000;

  private record Text(long head, long end, TextHash hash, boolean array) {
    static Text of(Content content) {
      return new Text(content.head(), content.end(), content.hash(), content.array());
    }
  }

  /**
   * What holds after a run.
   *
   * @param seen every file that is there now, with its text
   * @param grown texts that are the beginning of one that is there now
   * @param today the day since 1970
   */
  Positions after(Collection<Located> seen, Set<Content> grown, long today) {
    Map<Text, Content> present = present(seen);
    Map<String, Located> left = new LinkedHashMap<>();
    for (Located file : seen) {
      Content content = file.content();
      Content shared = content == null ? null : present.get(Text.of(content));
      left.put(file.path(), new Located(file.path(), file.stamp(), shared));
    }
    List<Content> all = new ArrayList<>(present.values());
    all.addAll(gone(present.keySet(), grown, today));
    return new Positions(left, all);
  }

  /** One for each text, however many files hold it. */
  private static Map<Text, Content> present(Collection<Located> seen) {
    Map<Text, Content> present = new LinkedHashMap<>();
    for (Located file : seen) {
      Content content = file.content();
      if (content != null) {
        present.merge(Text.of(content), content.goneOn(Content.PRESENT), Positions::either);
      }
    }
    return present;
  }

  private static Content either(Content a, Content b) {
    return a.isDone() ? a : a.with(Part.plus(a.parts(), b.parts()));
  }

  private List<Content> gone(Set<Text> present, Set<Content> grown, long today) {
    List<Content> gone = new ArrayList<>();
    for (Content content : contents) {
      if (!present.contains(Text.of(content)) && !grown.contains(content)) {
        long since = content.goneSince() == Content.PRESENT ? today : content.goneSince();
        if (today - since <= DAYS_REMEMBERED) {
          gone.add(content.goneOn(since));
        }
      }
    }
    if (gone.size() <= MOST_GONE) {
      return gone;
    }
    gone.sort(Comparator.comparingLong(Content::goneSince).reversed());
    return gone.subList(0, MOST_GONE);
  }
}
