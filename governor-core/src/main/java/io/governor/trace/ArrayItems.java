package io.governor.trace;

import io.governor.event.EventDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The items of a stream that is one JSON array, which {@link JsonArrayFile} has made sure of. Holds
 * one chunk and at most one item of {@link EventDecoder#MAX_LINE_BYTES}; a longer one is passed
 * over. Confined to one thread; the stream stays open.
 */
public final class ArrayItems implements Records {

  private final Chunks in;
  private long lineAt;

  private byte[] item = new byte[4096];
  private int length;
  private long offset;
  private long line;
  private boolean tooLong;
  private boolean ended;

  private ArrayItems(InputStream in, long offset, long line) {
    this.in = new Chunks(in, offset);
    this.lineAt = line;
  }

  /** Those of a whole text. */
  public static ArrayItems of(InputStream text) throws IOException {
    return of(text, 0, 1);
  }

  /** Those of a stream that begins in the middle of a source, at or before the opening bracket. */
  static ArrayItems of(InputStream in, long offset, long line) throws IOException {
    ArrayItems items = new ArrayItems(in, offset, line);
    while (items.in.more() && items.peek() != '[') {
      items.take();
    }
    if (items.in.more()) {
      items.take();
    }
    return items;
  }

  /**
   * Those of a stream that begins within the array, behind an item or the opening bracket, and may
   * end behind any other.
   *
   * @param offset where in the text that is
   */
  public static ArrayItems within(InputStream in, long offset) {
    return new ArrayItems(in, offset, 1);
  }

  @Override
  public boolean next() throws IOException {
    while (in.more() && (Blank.is(peek()) || peek() == ',')) {
      take();
    }
    if (!in.more() || peek() == ']') {
      return false;
    }
    offset = in.nextOffset();
    line = lineAt;
    length = 0;
    tooLong = false;
    ended = item();
    while (length > 0 && Blank.is(item[length - 1])) {
      length--;
    }
    return true;
  }

  /**
   * Takes bytes up to the comma or bracket that ends the item; false when the stream ends first.
   */
  private boolean item() throws IOException {
    int depth = 0;
    boolean inString = false;
    for (; in.more(); hold(take())) {
      byte b = peek();
      if (inString) {
        if (b == '\\') {
          hold(take());
        }
        inString = b != '"';
      } else if (b == '"') {
        inString = true;
      } else if (b == '[' || b == '{') {
        depth++;
      } else if (depth == 0 && (b == ',' || b == ']')) {
        return true;
      } else if (b == ']' || b == '}') {
        depth--;
      }
      if (!in.more()) {
        return false;
      }
    }
    return false;
  }

  private void hold(byte b) {
    if (tooLong || length == EventDecoder.MAX_LINE_BYTES) {
      tooLong = true;
      length = 0;
      return;
    }
    if (length == item.length) {
      item = Arrays.copyOf(item, Math.min(EventDecoder.MAX_LINE_BYTES, 2 * length));
    }
    item[length++] = b;
  }

  private byte peek() {
    return in.bytes[in.at];
  }

  private byte take() {
    byte b = in.bytes[in.at++];
    if (b == '\n') {
      lineAt++;
    }
    return b;
  }

  @Override
  public byte[] buffer() {
    return item;
  }

  @Override
  public int start() {
    return 0;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public boolean tooLong() {
    return tooLong;
  }

  @Override
  public boolean ended() {
    return ended;
  }
}
