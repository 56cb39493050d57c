package io.governor.sync.ledger;

import io.governor.sync.count.TextStart;
import io.governor.sync.count.TraceSlice.Form;
import io.governor.trace.ArrayItems;
import io.governor.trace.TraceReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes a text apart into what was dealt with and what is new. As far as it begins with a known
 * text as a whole, it is that; so is one that grew, was moved, copied or compressed. The rest is
 * looked at line by line, and a text that is one JSON array item by item; see {@link Sorter}. So
 * texts that were put together, cut, sorted or rewritten count what is new in them and nothing
 * else.
 *
 * <p>A text of which nothing is known is read once, any other a second time from where it is new,
 * and an array as often as it takes to know that it is one. Confined to one thread.
 */
final class Recogniser {

  private static final int LONGEST_LINE = 16 << 20;

  private final Path file;
  private final Known known;
  private final @Nullable Instant cut;
  private final Scan scan;
  private final MessageDigest digest = TextHash.digest();

  private Recogniser(Path file, Known known, @Nullable Instant cut) {
    this.file = file;
    this.known = known;
    this.cut = cut;
    this.scan = new Scan(known);
  }

  /**
   * Reads a file.
   *
   * @param rewritten whether the file held another text that was dealt with
   * @param cut events from this instant on are left to a later run; null when none are
   */
  static Recognised read(Path file, Known known, boolean rewritten, @Nullable Instant cut)
      throws IOException {
    return new Recogniser(file, known, cut).read(rewritten);
  }

  private Recognised read(boolean rewritten) throws IOException {
    Sorter ofNewText = new Sorter(known, null, false, cut);
    try (InputStream text = TraceText.open(file)) {
      TextLines lines = new TextLines(text);
      while (lines.next()) {
        scan.line(lines);
        if (isNewText()) {
          take(lines, 0, ofNewText);
        }
      }
    }
    if (scan.beginsArray() && isArray()) {
      return items(rewritten);
    }
    return isNewText() ? ofNewText.sorted(scan, Form.LINES) : lines();
  }

  private boolean isNewText() {
    return !scan.beginsLikeKnown() && !scan.beginsArray();
  }

  private boolean isArray() throws IOException {
    try (InputStream text = TraceText.open(file)) {
      return TraceReader.isArray(text);
    }
  }

  private Recognised lines() throws IOException {
    Content beginning = scan.beginning();
    Sorter sorter = new Sorter(known, beginning, beginning == null && scan.beginsLikeKnown(), cut);
    long from = sorter.passDone();
    try (InputStream text = TraceText.open(file)) {
      text.skipNBytes(from);
      TextLines lines = new TextLines(text);
      while (lines.next() && from + lines.start() < scan.size()) {
        take(lines, from, sorter);
      }
    }
    Recognised text = sorter.sorted(scan, Form.LINES);
    // Items of an array are not among the events of lines: what is known of them has to stay.
    return beginning != null && beginning.array() ? text.withoutBeginning() : text;
  }

  private void take(TextLines line, long base, Sorter sorter) throws IOException {
    long from = base + line.start();
    long to = Math.min(base + line.end(), scan.size());
    sorter.take(violation(line, from), from, to, line.ended());
  }

  private @Nullable Violation violation(TextLines line, long from) throws IOException {
    if (line.isHeld()) {
      int end = line.from() + line.length();
      int start = from == 0 ? TextStart.afterMark(line.buffer(), line.from(), end) : line.from();
      return Violation.in(line.buffer(), start, end - start, digest);
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

  /** An array that changed in any way is another text, whose items are looked at all. */
  private Recognised items(boolean rewritten) throws IOException {
    Content beginning = scan.beginning();
    boolean isSame = beginning != null && beginning.array() && beginning.end() == scan.size();
    Content same = isSame ? beginning : null;
    Sorter sorter = new Sorter(known, same, same == null && rewritten, cut);
    if (same != null && same.isDone()) {
      sorter.passDone();
    } else {
      takeItems(sorter);
    }
    return sorter.sorted(scan, Form.ITEMS);
  }

  private void takeItems(Sorter sorter) throws IOException {
    long end = 0;
    try (InputStream text = TraceText.open(file)) {
      ArrayItems items = ArrayItems.of(text);
      while (items.next() && items.offset() < scan.size()) {
        long to = Math.min(items.offset() + items.length(), scan.size());
        Violation violation = Violation.in(items.buffer(), items.start(), items.length(), digest);
        sorter.take(violation, end, to, true);
        end = to;
      }
    }
    sorter.take(null, end, scan.size(), true);
  }
}
