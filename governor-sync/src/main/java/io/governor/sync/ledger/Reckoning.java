package io.governor.sync.ledger;

import io.governor.sync.CountedRange;
import io.governor.sync.DeclaredLoss;
import io.governor.sync.count.SliceCount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of each file of a run, once it is counted, whether it is still what was counted, and how far
 * it is dealt with then. Confined to one thread.
 */
final class Reckoning {

  private final Positions before;
  private final SliceCount count;
  private final Set<Path> changed = new HashSet<>();
  private final List<Located> seen = new ArrayList<>();
  private final Set<Content> grown = new HashSet<>();
  private final List<CountedRange> ranges = new ArrayList<>();
  private final List<DeclaredLoss> losses = new ArrayList<>();

  /** The first slice of the next file. */
  private int slice;

  Reckoning(Positions before, SliceCount count) {
    this.before = before;
    this.count = count;
  }

  /** Takes the next file, in the order of their slices. */
  void add(FileWork file) {
    int next = slice + file.slices().size();
    long end = file.end(count.consumed().subList(slice, next));
    List<Long> events = count.events().subList(slice, next);
    slice = next;
    if (end < 0 || !Unchanged.since(file)) {
      changed.add(file.file());
    } else {
      add(file, end, events);
    }
  }

  private void add(FileWork file, long end, List<Long> events) {
    Content content = file.after(end);
    seen.add(new Located(file.file().toString(), file.stamp(), content));
    addIfPresent(file.text().beginning());
    addIfPresent(replaced(file, content));
    ranges.addAll(file.ranges(end, events));
    losses.addAll(file.losses());
  }

  /** A text in whose place there is one now that has all its events. */
  private @Nullable Content replaced(FileWork file, @Nullable Content now) {
    Located left = before.files().get(file.file().toString());
    Content old = left == null ? null : left.content();
    boolean isGrown = Objects.equals(old, file.text().beginning());
    return old != null && now != null && !isGrown && now.hasAllOf(old) ? old : null;
  }

  private void addIfPresent(@Nullable Content content) {
    if (content != null) {
      grown.add(content);
    }
  }

  /** Files that are no longer what was counted, or could not be read to their ends. */
  Set<Path> changed() {
    return changed;
  }

  /** How far every file is dealt with, those that were not read included. */
  Positions after(List<Located> untouched, long today) {
    List<Located> all = new ArrayList<>(untouched);
    all.addAll(seen);
    return before.after(all, grown, today);
  }

  /** What was read. */
  List<CountedRange> ranges() {
    return ranges;
  }

  /** What was not counted, because nobody can tell whether it was before. */
  List<DeclaredLoss> losses() {
    return losses;
  }
}
