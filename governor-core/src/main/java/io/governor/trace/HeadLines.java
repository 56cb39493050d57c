package io.governor.trace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the lines of {@code heads.log}. A line that a kill cut off may have been joined by the next
 * one, which counts all the same. Stateless.
 */
final class HeadLines {

  private HeadLines() {}

  /** Takes what was read, in the order of the file. */
  interface Visitor {

    /**
     * A head.
     *
     * @param line the number of its line, counted from 1
     * @param offset where it begins in the file
     */
    void head(HeadRecord head, long line, long offset);

    /** The line holds the beginning of a record that a crash cut off. */
    default void torn(long line) {}

    /** The line holds what no writer and no crash leaves behind. */
    default void foreign(long line) {}
  }

  /** Reads the heads of one trace, passing over the lines that do not name it. */
  static void readOf(String trace, InputStream in, Visitor visitor) throws IOException {
    byte[] name = ('"' + trace + '"').getBytes(StandardCharsets.ISO_8859_1);
    LineReader lines = new LineReader(in);
    while (lines.next()) {
      if (!lines.tooLong() && contains(lines, name)) {
        line(lines, visitor);
      }
    }
  }

  private static boolean contains(LineReader line, byte[] name) {
    int last = line.start() + line.length() - name.length;
    for (int at = line.start(); at <= last; at++) {
      if (HashChain.holds(line.buffer(), at, name)) {
        return true;
      }
    }
    return false;
  }

  /** Reads all heads; false when the last line has no end. */
  static boolean read(InputStream in, Visitor visitor) throws IOException {
    LineReader lines = new LineReader(in);
    boolean ended = true;
    while (lines.next()) {
      ended = lines.ended();
      if (lines.tooLong()) {
        visitor.foreign(lines.line());
      } else if (lines.length() > 0) {
        line(lines, visitor);
      }
    }
    return ended;
  }

  private static void line(LineReader lines, Visitor visitor) {
    int end = lines.start() + lines.length();
    byte[] whole = Arrays.copyOfRange(lines.buffer(), lines.start(), end);
    HeadRecord head = HeadRecord.parse(whole);
    if (head == null) {
      pieces(whole, lines, visitor);
      return;
    }
    visitor.head(head, lines.line(), lines.offset());
    if (!lines.ended()) {
      visitor.torn(lines.line());
    }
  }

  private static void pieces(byte[] whole, LineReader lines, Visitor visitor) {
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    boolean foreign = false;
    int next;
    for (int at = 0; at < whole.length; at = next) {
      next = text.indexOf(HeadRecord.START, at + 1);
      next = next < 0 ? whole.length : next;
      byte[] piece = Arrays.copyOfRange(whole, at, next);
      HeadRecord head = HeadRecord.parse(piece);
      if (head != null) {
        visitor.head(head, lines.line(), lines.offset() + at);
      } else {
        foreign |= !HeadRecord.isBeginning(piece);
      }
    }
    if (foreign) {
      visitor.foreign(lines.line());
    } else {
      visitor.torn(lines.line());
    }
  }
}
