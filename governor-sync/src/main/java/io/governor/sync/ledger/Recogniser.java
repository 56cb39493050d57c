package io.governor.sync.ledger;

import io.governor.event.EventHead;
import io.governor.trace.TraceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a text apart into what was dealt with and what is new. As far as it begins with a known
 * text as a whole, it is that; so is one that grew, was moved, copied or compressed. The rest is
 * looked at line by line: an event that violates a rule is known by its ids, wherever its line
 * stands now and however it is written; lines without violations count nothing and cost nothing. So
 * texts that were put together, cut, sorted or rewritten count what is new in them and nothing
 * else.
 *
 * <p>What cannot be told apart is a violation without an event id in a text that has known events
 * in it, or begins like a known text, or whose line stands in another file of the same run; and
 * whatever is new in a JSON array that has known events in it. It is not counted, and declared
 * lost. So nothing counts twice. Confined to one thread.
 */
final class Recogniser {

  private static final int LONGEST_LINE = 16 << 20;
  private static final byte[] NO_LINE = new byte[0];

  private final Known known;
  private final Path file;
  private final Scan scan;
  private final @Nullable Content beginning;
  private final @Nullable Instant cut;
  private final List<Piece> pieces = new ArrayList<>();
  private final LongList keys = new LongList();
  private final LongList keyEnds = new LongList();
  private final MessageDigest digest = TextHash.digest();

  /** Violations without an id that may count: those of a known text, and the others. */
  private final LongList left = new LongList();

  private final LongList unnamed = new LongList();
  private @Nullable LongSet own;
  private boolean mixed;

  private Recogniser(Known known, Path file, Scan scan, @Nullable Instant cut) {
    this.known = known;
    this.file = file;
    this.scan = scan;
    this.beginning = scan.beginning();
    this.cut = cut;
  }

  /**
   * Reads a file.
   *
   * @param rewritten whether the file held another text that was dealt with
   * @param cut events from this instant on are left to a later run; null when none are
   */
  static Recognised read(Path file, Known known, boolean rewritten, @Nullable Instant cut)
      throws IOException {
    Scan scan;
    try (InputStream text = TraceText.open(file)) {
      scan = Scan.of(text, known);
    }
    return new Recogniser(known, file, scan, cut).takeApart(rewritten);
  }

  private Recognised takeApart(boolean rewritten) throws IOException {
    mixed = beginning == null && scan.beginsLikeKnown();
    long at = 0;
    if (scan.isArray()) {
      array(rewritten);
    } else {
      at = passDone();
    }
    if (at < scan.size() && !scan.isArray()) {
      rest(at);
    }
    Recognised text = new Recognised(scan, beginning, judged(), keys, keyEnds);
    known.claim(left);
    if (!mixed) {
      known.claim(unnamed);
    }
    return text;
  }

  /** What is done for good needs no second look; what is done in part may be done elsewhere. */
  private long passDone() {
    Part first = beginning == null ? null : beginning.parts().get(0);
    if (beginning == null || first == null || !first.done().all()) {
      return 0;
    }
    pieces.add(new Piece(0, first.to(), Done.ALL, false, 0, false));
    for (int i = 0; i < first.keys(); i++) {
      keys.add(beginning.keys()[i]);
      keyEnds.add(first.to());
    }
    return first.to();
  }

  /** An array has no lines that could count one by one: it is new as a whole, or not counted. */
  private void array(boolean rewritten) throws IOException {
    long at = 0;
    int key = 0;
    long[] counted = beginning == null ? new long[0] : beginning.keys();
    for (Part part : beginning == null ? List.<Part>of() : beginning.parts()) {
      for (; key < part.keys(); key++) {
        keys.add(counted[key]);
        keyEnds.add(part.to());
      }
      pieces.add(new Piece(at, part.to(), part.done(), false, 0, cut != null));
      at = part.to();
    }
    if (at < scan.size()) {
      int before = keys.size();
      items();
      boolean lost = rewritten || at > 0 || mixed;
      long violations = Math.max(1, keys.size() - before);
      Done done = lost ? Done.ALL : Done.NOTHING;
      pieces.add(new Piece(at, scan.size(), done, lost, violations, cut != null));
    }
  }

  private void items() throws IOException {
    try (InputStream text = TraceText.open(file)) {
      if (!TraceReader.isArray(text)) {
        return;
      }
    }
    try (InputStream text = TraceText.open(file)) {
      TraceReader.arrayHeads(
          file.toString(),
          text,
          (event, at) -> {
            item(event);
            return true;
          });
    }
  }

  /** An item without an id has no line that it could be known by. */
  private void item(EventHead event) {
    if (!event.violations().isEmpty() && event.eventId() != null) {
      long key = EventKey.of(event, NO_LINE, 0, 0, digest);
      keys.add(key);
      keyEnds.add(scan.size());
      mixed |= known.of(key) != null;
    }
  }

  private void rest(long from) throws IOException {
    try (InputStream text = TraceText.open(file)) {
      text.skipNBytes(from);
      TextLines lines = new TextLines(text);
      while (lines.next() && from + lines.start() < scan.size()) {
        line(lines, from);
      }
    }
  }

  private void line(TextLines line, long base) throws IOException {
    long from = base + line.start();
    long to = Math.min(base + line.end(), scan.size());
    Violation violation = violation(line, from);
    if (violation == null) {
      // Counts nothing, whatever it is taken for; only what is not whole yet has to wait.
      boolean follows = line.ended() && !pieces.isEmpty();
      add(from, to, follows ? last().done() : Done.NOTHING, follows && last().waits());
    } else {
      violation(violation, from, to);
    }
  }

  private void violation(Violation violation, long from, long to) {
    keys.add(violation.key());
    keyEnds.add(to);
    Done done = known.of(violation.key());
    boolean waits = waits(violation.event());
    if (violation.event().eventId() == null) {
      mixed |= done != null && beginning == null;
      unnamed(violation.key(), done != null, from, to, waits);
    } else {
      mixed |= done != null && !isKnown(from);
      add(from, to, done == null ? Done.NOTHING : done, waits);
    }
  }

  /** A known text may end with a line that had no line end then, and has one now. */
  private boolean isKnown(long lineStart) {
    return beginning != null && lineStart < beginning.end();
  }

  /**
   * Within a known text it is what it was, and behind one it may come again. A line of another text
   * that is known, or of another file of this run, may be a copy, which must not count. Elsewhere
   * that is decided at the end.
   */
  private void unnamed(long key, boolean seen, long from, long to, boolean waits) {
    Done done = isKnown(from) ? doneAt(from) : Done.NOTHING;
    boolean copied = known.isClaimed(key) || (beginning != null && seen && !isOwn(key));
    if (done.all() || (isKnown(from) && !copied)) {
      add(from, to, done, waits);
      if (!done.all()) {
        left.add(key);
      }
    } else {
      pieces.add(new Piece(from, to, copied ? Done.ALL : Done.NOTHING, true, 1, waits));
      if (!copied) {
        unnamed.add(key);
      }
    }
  }

  private Done doneAt(long lineStart) {
    for (Part part : beginning == null ? List.<Part>of() : beginning.parts()) {
      if (lineStart < part.to()) {
        return part.done();
      }
    }
    return Done.NOTHING;
  }

  private boolean isOwn(long key) {
    LongSet mine = own;
    if (mine == null) {
      mine = new LongSet();
      for (long one : beginning == null ? new long[0] : beginning.keys()) {
        mine.add(one);
      }
      own = mine;
    }
    return mine.contains(key);
  }

  private @Nullable Violation violation(TextLines line, long from) throws IOException {
    if (line.isHeld()) {
      return Violation.in(line.buffer(), line.from(), line.length(), digest);
    }
    try (InputStream text = TraceText.open(file)) {
      text.skipNBytes(from);
      byte[] bytes = text.readNBytes(LONGEST_LINE + 1);
      int length = 0;
      while (length < bytes.length && bytes[length] != '\n') {
        length++;
      }
      return Violation.in(bytes, 0, length, digest);
    }
  }

  private Piece last() {
    return pieces.get(pieces.size() - 1);
  }

  private boolean waits(EventHead event) {
    Instant time = event.timestamp();
    return cut != null && time != null && !time.isBefore(cut);
  }

  private void add(long from, long to, Done done, boolean waits) {
    if (!pieces.isEmpty()
        && !last().lost()
        && last().done().equals(done)
        && last().waits() == waits) {
      pieces.set(pieces.size() - 1, new Piece(last().from(), to, done, false, 0, waits));
    } else {
      pieces.add(new Piece(from, to, done, false, 0, waits));
    }
  }

  /** Decides about violations without an id, once it is known what the text is. */
  private List<Piece> judged() {
    List<Piece> judged = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.lost() && piece.done().isNothing() && !scan.isArray()) {
        judged.add(
            new Piece(
                piece.from(),
                piece.to(),
                mixed ? Done.ALL : Done.NOTHING,
                mixed,
                piece.lines(),
                piece.waits()));
      } else {
        judged.add(piece);
      }
    }
    return judged;
  }
}
