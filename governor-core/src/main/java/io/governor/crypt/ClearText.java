package io.governor.crypt;

import io.governor.crypt.LineShape.Fit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The text of a trace: what is encrypted decrypted, and all else as it is. Of a file that was
 * encrypted from its beginning it is byte for byte what would lie there without, so lines and
 * offsets are those of the text. A line that a kill cut off is the beginning of a line here too.
 *
 * <p>Reading throws a {@link DecryptionException} where the key is not known or a line is not what
 * was written in its place, after everything before it was given; the next line would be the bad
 * one. Whatever plain text goes through is only looked through for the beginning of a section.
 * Holds one chunk, or one record of at most 16 MiB. Confined to one thread.
 */
public final class ClearText extends InputStream {

  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_LINE = 24 << 20;

  /** What a line begins with that is no plain one, behind the end of the line before. */
  private static final byte[] MARK = "\n{\"governor_".getBytes(StandardCharsets.US_ASCII);

  private static final Search MARKS = new Search(MARK);

  private static final byte[] CUT_LINE = {'{'};

  private final InputStream in;
  private final KeyProvider keys;
  private final Purpose purpose;

  private byte[] bytes = new byte[CHUNK];

  /** Where in the file {@link #bytes} begins. */
  private long base;

  private int at;
  private int limit;
  private boolean ended;
  private @Nullable IOException trouble;

  /** Whether a line begins at {@link #at}. */
  private boolean lineBegins = true;

  private byte[] clear = bytes;
  private int clearAt;
  private int clearLimit;

  private @Nullable Section section;
  private long lastLine;
  private long given;

  /** By how much plain text stands later in the file than in the text. */
  private long shift;

  private boolean encrypted;

  private ClearText(InputStream in, KeyProvider keys, Purpose purpose) {
    this.in = in;
    this.keys = keys;
    this.purpose = purpose;
  }

  /**
   * Opens a file with the keys that lie near it.
   *
   * @see KeyFile#near(Path)
   */
  public static ClearText open(Path file) throws IOException {
    return of(Files.newInputStream(file), KeyFile.near(file));
  }

  /** Reads a stream from where a file begins; closing this closes it. */
  public static ClearText of(InputStream in, KeyProvider keys) {
    return of(in, keys, Purpose.TRACE);
  }

  /** As {@link #of(InputStream, KeyProvider)}, for a file of another purpose. */
  public static ClearText of(InputStream in, KeyProvider keys, Purpose purpose) {
    return new ClearText(in, keys, purpose);
  }

  /** Whether a line begins as only those do that are encrypted. */
  public static boolean isMarked(byte[] line, int from, int to) {
    int length = MARK.length - 1;
    return to - from >= length && Arrays.equals(line, from, from + length, MARK, 1, MARK.length);
  }

  /** Whether something in a text is encrypted. Reads it until that is known, without any key. */
  public static boolean isIn(InputStream text) throws IOException {
    byte[] chunk = new byte[CHUNK];
    // The end of a line that is not there: the first one begins as any.
    chunk[0] = '\n';
    int kept = 1;
    while (true) {
      int read = text.readNBytes(chunk, kept, chunk.length - kept);
      int limit = kept + read;
      if (MARKS.in(chunk, 0, limit) >= 0) {
        return true;
      }
      if (read == 0) {
        return false;
      }
      kept = Math.min(limit, MARK.length - 1);
      System.arraycopy(chunk, limit - kept, chunk, 0, kept);
    }
  }

  /** Whether something encrypted was in what was read so far. */
  public boolean isEncrypted() {
    return encrypted;
  }

  /**
   * Where in the file the last line begins, after the text was read to its end.
   *
   * @param offset where in the text it begins
   */
  public long lastLine(long offset) {
    return section == null ? offset + shift : lastLine;
  }

  /** The section that the text has come to; null where it is plain. */
  public @Nullable Section section() {
    return section;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (clearAt == clearLimit) {
      if (!more()) {
        return atEnd();
      }
    }
    int count = Math.min(length, clearLimit - clearAt);
    System.arraycopy(clear, clearAt, into, from, count);
    clearAt += count;
    given += count;
    return count;
  }

  private int atEnd() throws IOException {
    if (trouble != null) {
      throw trouble;
    }
    return -1;
  }

  /** Goes on by some bytes or one line; false at the end. */
  private boolean more() throws IOException {
    if (section != null || (lineBegins && isMarked())) {
      return line();
    }
    while (limit - at < MARK.length && !ended) {
      fill();
    }
    int end = plainEnd();
    shift = base + at - given;
    give(bytes, at, end);
    at = end;
    return clearAt < clearLimit;
  }

  private void give(byte[] from, int start, int end) {
    clear = from;
    clearAt = start;
    clearLimit = end;
    if (end > start) {
      lineBegins = from[end - 1] == '\n';
    }
  }

  /** Whether the line at hand begins as no plain one does. */
  private boolean isMarked() throws IOException {
    while (limit - at < MARK.length - 1 && !ended) {
      fill();
    }
    return isMarked(bytes, at, limit);
  }

  /** Where what is surely plain ends: behind the line end before a mark, or what may be one. */
  private int plainEnd() {
    int mark = MARKS.in(bytes, at, limit);
    if (mark >= 0) {
      return mark + 1;
    }
    return ended ? limit : limit - MARK.length + 1;
  }

  private boolean line() throws IOException {
    int end = lineEnd();
    boolean whole = end < limit;
    if (end == at && !whole) {
      return false;
    }
    int from = at;
    at = whole ? end + 1 : end;
    line(from, end, whole);
    return true;
  }

  private void line(int from, int end, boolean whole) throws IOException {
    Section current = section;
    Fit frame = Frame.fit(bytes, from, end);
    lastLine = base + from;
    if (frame == Fit.WHOLE && current != null) {
      record(current, from, end, whole);
      return;
    }
    Fit header = Header.fit(bytes, from, end);
    if (header == Fit.WHOLE) {
      section = begin(from, end);
    } else if (frame == Fit.BEGUN || header == Fit.BEGUN) {
      give(ended(CUT_LINE, whole), 0, whole ? 2 : 1);
    } else {
      throw DecryptionException.altered(
          frame == Fit.WHOLE
              ? "an encrypted record comes without the line that begins its section"
              : "an encrypted record was expected, and the line is none");
    }
  }

  private void record(Section current, int from, int end, boolean whole) throws IOException {
    byte[] sealed = Frame.sealed(bytes, from, end);
    if (sealed == null) {
      throw DecryptionException.altered("an encrypted record is not written as any is");
    }
    byte[] record = current.open(sealed, base + from);
    if (record.length == 0) {
      section = null;
      lineBegins = true;
    } else {
      give(ended(record, whole), 0, whole ? record.length + 1 : record.length);
    }
  }

  private static byte[] ended(byte[] line, boolean whole) {
    if (!whole) {
      return line;
    }
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = '\n';
    return ended;
  }

  private Section begin(int from, int end) throws IOException {
    encrypted = true;
    Header header = Header.parse(bytes, from, end);
    if (header == null) {
      throw DecryptionException.altered("the line that begins a section is not written as any is");
    }
    return new Section(
        header, base + from, Keys.find(keys, header.keyId()), purpose, new RandomNonces());
  }

  private int lineEnd() throws IOException {
    int seen = at;
    while (true) {
      for (; seen < limit; seen++) {
        if (bytes[seen] == '\n') {
          return seen;
        }
      }
      if (ended) {
        return limit;
      }
      if (limit - at > LONGEST_LINE) {
        throw DecryptionException.altered("a line is longer than any encrypted record");
      }
      int before = at;
      fill();
      seen -= before - at;
    }
  }

  /** Has more bytes at hand, in whose way nothing stands that was dealt with. */
  private void fill() throws IOException {
    System.arraycopy(bytes, at, bytes, 0, limit - at);
    base += at;
    limit -= at;
    at = 0;
    if (limit == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * limit);
    }
    try {
      int read = in.read(bytes, limit, bytes.length - limit);
      ended = read < 0;
      limit += Math.max(0, read);
    } catch (IOException e) {
      // What came before is given first.
      trouble = e;
      ended = true;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
