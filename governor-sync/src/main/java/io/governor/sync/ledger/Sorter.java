package io.governor.sync.ledger;

import io.governor.event.EventHead;
import io.governor.sync.count.TraceSlice;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what stands in a text into what was dealt with, what is new, and what nobody can tell. An
 * event that violates a rule is known by its ids, wherever it stands now and however it is written;
 * what violates none counts nothing and costs nothing.
 *
 * <p>What cannot be told apart is a violation without an event id in a text that has known events
 * in it or takes the place of a known text, or that stands in another text of the same run as well.
 * It is not counted, and declared lost. So nothing counts twice. Confined to one thread.
 */
final class Sorter {

  private final Known known;
  private final @Nullable Content beginning;
  private final @Nullable Instant cut;
  private final Pieces pieces = new Pieces();
  private final LongList keys = new LongList();
  private final LongList keyEnds = new LongList();

  /** Violations without an id that may count: those of a known text, and the others. */
  private final LongList left = new LongList();

  private final LongList unnamed = new LongList();
  private @Nullable LongSet own;
  private boolean mixed;

  /**
   * @param beginning the known text that this one begins with as a whole, or null
   * @param mixed whether it takes the place of another text that is known
   * @param cut events from this instant on are left to a later run; null when none are
   */
  Sorter(Known known, @Nullable Content beginning, boolean mixed, @Nullable Instant cut) {
    this.known = known;
    this.beginning = beginning;
    this.mixed = mixed;
    this.cut = cut;
  }

  /**
   * Passes what is done for good and needs no second look; what is done in part may be done
   * elsewhere.
   *
   * @return where that ends
   */
  long passDone() {
    Part first = beginning == null ? null : beginning.parts().get(0);
    if (beginning == null || first == null || !first.done().all()) {
      return 0;
    }
    pieces.add(0, first.to(), Done.ALL, false);
    for (int i = 0; i < first.keys(); i++) {
      keys.add(beginning.keys()[i]);
      keyEnds.add(first.to());
    }
    return first.to();
  }

  /**
   * A line, or an item of an array.
   *
   * @param violation what it is, or null when it counts nothing
   * @param ended whether it is whole
   */
  void take(@Nullable Violation violation, long from, long to, boolean ended) {
    if (violation == null) {
      pieces.addQuiet(from, to, ended);
      return;
    }
    keys.add(violation.key());
    keyEnds.add(to);
    Done done = known.of(violation.key());
    boolean waits = waits(violation.event());
    if (violation.event().eventId() == null) {
      mixed |= done != null && beginning == null;
      unnamed(violation.key(), done != null, from, to, waits);
    } else {
      mixed |= done != null && !isKnown(from);
      pieces.add(from, to, done == null ? Done.NOTHING : done, waits);
    }
  }

  private boolean waits(EventHead event) {
    Instant time = event.timestamp();
    return cut != null && time != null && !time.isBefore(cut);
  }

  /** A known text may end with a line that had no line end then, and has one now. */
  private boolean isKnown(long from) {
    return beginning != null && from < beginning.end();
  }

  /**
   * Within a known text it is what it was, and behind one it may come again. What stands in another
   * text that is known, or in another file of this run, may be a copy, which must not count.
   * Elsewhere that is decided at the end.
   */
  private void unnamed(long key, boolean seen, long from, long to, boolean waits) {
    Done done = isKnown(from) ? doneAt(from) : Done.NOTHING;
    boolean copied = known.isClaimed(key) || (beginning != null && seen && !isOwn(key));
    if (done.all()) {
      pieces.add(from, to, done, waits);
    } else if (copied) {
      pieces.addLost(from, to, waits);
    } else if (isKnown(from)) {
      pieces.add(from, to, done, waits);
      left.add(key);
    } else {
      pieces.addDoubtful(from, to, waits);
      unnamed.add(key);
    }
  }

  private Done doneAt(long from) {
    for (Part part : beginning == null ? List.<Part>of() : beginning.parts()) {
      if (from < part.to()) {
        return part.done();
      }
    }
    return Done.NOTHING;
  }

  private boolean isOwn(long key) {
    LongSet mine = own;
    if (mine == null) {
      mine = LongSet.of(beginning == null ? new long[0] : beginning.keys());
      own = mine;
    }
    return mine.contains(key);
  }

  /** What the text came to. */
  Recognised sorted(Scan scan, TraceSlice.Form form) {
    known.claim(left);
    if (!mixed) {
      known.claim(unnamed);
    }
    return new Recognised(scan, form, beginning, pieces.decided(mixed), keys, keyEnds);
  }
}
