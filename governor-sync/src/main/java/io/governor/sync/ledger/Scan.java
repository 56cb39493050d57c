package io.governor.sync.ledger;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a whole text: how long it is, which known text it begins with, and the hashes it
 * will be known by. Confined to one thread.
 */
final class Scan {

  private final Known known;
  private Trail trail = new Trail(List.of());
  private long head;
  private boolean first = true;
  private int firstByte = -1;
  private long lineEnd;
  private long size;
  private TextHash atLineEnd;
  private TextHash atSize;

  Scan(Known known) {
    this.known = known;
    this.atLineEnd = TextHash.of(TextHash.digest());
    this.atSize = atLineEnd;
  }

  /** Takes the next line; all of them, from the first on. */
  void line(TextLines line) throws IOException {
    if (first) {
      first = false;
      head = line.hash();
      trail = new Trail(known.beginningWith(head));
      line.follow(trail);
    }
    if (firstByte < 0) {
      firstByte = line.firstByte();
    }
    size = line.end();
    if (!line.ended()) {
      atLineEnd = TextHash.of(line.digestAtStart());
      atSize = TextHash.of(line.digestAtEnd());
    } else {
      lineEnd = size;
      if (line.isLast()) {
        atLineEnd = TextHash.of(line.digestAtEnd());
        atSize = atLineEnd;
      }
    }
  }

  /** The longest known text that it begins with as a whole, or null. */
  @Nullable Content beginning() {
    return trail.longest();
  }

  /** Whether it begins with the first line of a known text. */
  boolean beginsLikeKnown() {
    return !known.beginningWith(head).isEmpty();
  }

  /** Whether the text as a whole may be one JSON array. */
  boolean beginsArray() {
    return firstByte == '[';
  }

  long size() {
    return size;
  }

  /** Whether what is known from now on can end there: with the last line end, or with the text. */
  boolean canEndAt(long end) {
    return end == size || end == lineEnd;
  }

  /** What the text is known by from now on, up to an end where it can. */
  Content content(long end, boolean asArray, long[] keys, List<Part> parts) {
    TextHash hash = end == size ? atSize : atLineEnd;
    return new Content(head, end, hash, asArray, keys, parts, Content.PRESENT);
  }
}
