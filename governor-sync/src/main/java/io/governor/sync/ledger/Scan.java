package io.governor.sync.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a whole text: what it begins with, how far it is a known one, which known lines it
 * has, and the hashes it will be known by. Confined to one thread.
 */
final class Scan {

  private static final int MOST_HITS = 1 << 16;

  /**
   * A line that is one of a known text.
   *
   * @param named whether it looks like an event with an id
   * @param before how many lines come before it
   */
  record Hit(long offset, long hash, boolean named, long before) {}

  private final Known known;
  private final List<Hit> hits = new ArrayList<>();
  private final Checks checks = new Checks();
  private Trail trail = new Trail(List.of());
  private long head;
  private boolean headNamed;
  private boolean array;
  private boolean torn;
  private long lineEnd;
  private long lines;
  private long lastWholeLine;
  private long lastLine;
  private long size;
  private TextHash atLineEnd;
  private TextHash atSize;

  private Scan(Known known) {
    this.known = known;
    this.atLineEnd = TextHash.of(TextHash.digest());
    this.atSize = atLineEnd;
  }

  static Scan of(InputStream text, Known known) throws IOException {
    Scan scan = new Scan(known);
    TextLines lines = new TextLines(text);
    while (lines.next()) {
      scan.line(lines);
    }
    return scan;
  }

  private void line(TextLines line) throws IOException {
    if (line.line() == 1) {
      head = line.hash();
      headNamed = line.named();
      array = line.beginsArray();
      trail = new Trail(known.beginningWith(head));
      line.follow(trail);
    }
    if (hits.size() < MOST_HITS && known.hasLine(line.hash())) {
      hits.add(new Hit(line.start(), line.hash(), line.named(), line.line() - 1));
    }
    lines = line.line();
    lastLine = line.hash();
    size = line.end();
    if (line.ended()) {
      whole(line);
    } else {
      torn = true;
      atLineEnd = TextHash.of(line.digestAtStart());
      atSize = TextHash.of(line.digestAtEnd());
    }
  }

  private void whole(TextLines line) throws IOException {
    lineEnd = line.end();
    lastWholeLine = line.hash();
    if (checks.wants() || line.isLast()) {
      TextHash hash = TextHash.of(line.digestAtEnd());
      atLineEnd = hash;
      atSize = hash;
      if (checks.wants()) {
        checks.add(line.end(), hash.high(), line.hash());
        return;
      }
    }
    checks.pass();
  }

  /** How far the text is a known one from its beginning, or null when none begins like it. */
  Trail.@Nullable Match match() {
    return trail.best();
  }

  /** Lines of known texts, in order. */
  List<Hit> hits() {
    return hits;
  }

  boolean hasTooManyHits() {
    return hits.size() == MOST_HITS;
  }

  /** Whether the first line looks like an event with an id, so that it can tell texts apart. */
  boolean isHeadNamed() {
    return headNamed;
  }

  /** Whether the text as a whole is to be one JSON array. */
  boolean isArray() {
    return array;
  }

  long size() {
    return size;
  }

  /** The end of the last line that has one. */
  long lineEnd() {
    return lineEnd;
  }

  /** How many lines there are, a torn one included. */
  long lines() {
    return lines;
  }

  /** Whether a text of this one's beginning can be described: up to its last line end, or all. */
  boolean canEndAt(long end) {
    return end == size || end == lineEnd;
  }

  /** What the text is known by from now on, up to an end where it can. */
  Content content(long end, List<Part> parts) {
    boolean all = end == size;
    return new Content(
        head,
        checks.offsets(end),
        checks.hashes(end),
        checks.lines(end),
        end,
        all ? atSize : atLineEnd,
        all && torn ? lastLine : lastWholeLine,
        parts,
        Content.PRESENT);
  }
}
