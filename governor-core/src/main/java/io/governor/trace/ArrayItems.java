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
final class ArrayItems implements Records {

  private final Chunks in;
  private long lineAt;

  private byte[] item = new byte[4096];
  private int length;
  private long offset;
  private long line;
  private boolean tooLong;
  private boolean ended;

  /** Reads a stream that begins in the middle of a source, at or before the opening bracket. */
  ArrayItems(InputStream in, long offset, long line) throws IOException {
    this.in = new Chunks(in, offset);
    this.lineAt = line;
    while (this.in.more() && peek() != '[') {
      take();
    }
    if (this.in.more()) {
      take();
    }
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
