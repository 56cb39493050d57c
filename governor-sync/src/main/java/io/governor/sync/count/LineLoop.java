package io.governor.sync.count;

import io.governor.crypt.ClearText;
import io.governor.crypt.DecryptionException;
import io.governor.event.EventDecoder;
import io.governor.event.EventHead;
import io.governor.event.MalformedEventException;
import java.io.IOException;

/**
 * Goes through the lines of a buffer. A line that the walker recognises is done in that one pass,
 * its end included; any other is looked at again. Confined to one thread.
 */
final class LineLoop {

  private static final int LONG_LINE = 1 << 20;
  private static final Object ONE_AT_A_TIME = new Object();

  private final LineBuffer buffer;
  private final EventView view;
  private final EventWalker walker;

  LineLoop(LineBuffer buffer, EventView view) {
    this.buffer = buffer;
    this.view = view;
    this.walker = new EventWalker(view);
  }

  /** Goes through all lines that begin before the buffer's stop. */
  void run(EventIntake into) throws IOException {
    PieceTally tally = into.tally();
    boolean more = true;
    while (more) {
      int stop = buffer.stop();
      while (buffer.at < stop) {
        int end = walker.walk(buffer.bytes, buffer.at);
        if (!isLine(end) || end == buffer.limit) {
          break;
        }
        tally.lines++;
        buffer.at = end + 1;
        into.take(view);
      }
      // Where nothing was read yet, a byte-order mark is not behind us either.
      if (tally.lines > 0 || !tally.piece.isFirst()) {
        tally.consumed(buffer);
      }
      more = other(into);
    }
  }

  /** Whether the walker got to the end of the line; how long one may be is for the decoder. */
  private boolean isLine(int end) {
    return end - buffer.at <= EventDecoder.MAX_LINE_BYTES && end != JsonBytes.NOWHERE;
  }

  /**
   * Deals with what the walker did not: a line that is not all at hand, the last one without a line
   * end, one that is no event or not of the usual form. False when there is nothing left.
   */
  private boolean other(EventIntake into) throws IOException {
    if (buffer.at >= buffer.stop() && !readOn()) {
      return false;
    }
    long known = buffer.offset(buffer.limit);
    int end = lineEnd();
    if (buffer.isTooLong(end - buffer.at)) {
      into.tally().lines++;
      malformed(into, MalformedEventException.tooLong().reason());
      return skipLine();
    }
    into.tally().lines++;
    if (end == buffer.limit) {
      unended(into);
      return false;
    }
    boolean wasWhole = known == buffer.offset(buffer.limit);
    if (!wasWhole && isLine(walker.walk(buffer.bytes, buffer.at))) {
      into.take(view);
    } else {
      decoded(into, end);
    }
    buffer.at = end + 1;
    return true;
  }

  /** Whether there are more lines of ours. */
  private boolean readOn() throws IOException {
    while (buffer.at == buffer.limit && !buffer.isAtStop() && !buffer.ended()) {
      buffer.more();
    }
    return buffer.at < buffer.stop();
  }

  /** Reads on until the line at hand has its end, or the source has, or it is too long. */
  private int lineEnd() throws IOException {
    int end = JsonBytes.lineFeed(buffer.bytes, buffer.at);
    while (end == buffer.limit && !buffer.ended() && !buffer.isTooLong(end - buffer.at)) {
      int looked = end - buffer.at;
      buffer.more();
      end = JsonBytes.lineFeed(buffer.bytes, buffer.at + looked);
    }
    return end;
  }

  /**
   * Steps over the rest of a line; false when nothing of ours follows. Does not look for an end
   * beyond the stop: cut into ranges, a line of gigabytes would be read to its end by each.
   */
  boolean skipLine() throws IOException {
    int end = JsonBytes.lineFeed(buffer.bytes, buffer.at);
    while (end == buffer.limit) {
      buffer.drop();
      if (buffer.ended() || buffer.isAtStop()) {
        return false;
      }
      buffer.more();
      end = JsonBytes.lineFeed(buffer.bytes, buffer.at);
    }
    buffer.at = end + 1;
    return true;
  }

  private void decoded(EventIntake into, int end) throws DecryptionException {
    try {
      if (decode(end)) {
        into.take(view);
      }
    } catch (MalformedEventException e) {
      refuseEncrypted(end);
      malformed(into, e.reason());
    }
  }

  /** Who reads lines as they lie there expected none that are encrypted. */
  private void refuseEncrypted(int end) throws DecryptionException {
    if (ClearText.isMarked(buffer.bytes, buffer.at, end)) {
      throw DecryptionException.unexpected();
    }
  }

  /** The last line, which is behind us only when it is an event. */
  private void unended(EventIntake into) throws DecryptionException {
    try {
      if (decode(buffer.limit)) {
        buffer.at = buffer.limit;
        into.tally().consumed(buffer);
        into.take(view);
      }
    } catch (MalformedEventException e) {
      refuseEncrypted(buffer.limit);
      if (e.isOverBound()) {
        malformed(into, e.reason());
      } else {
        into.tally().torn(into.tally().lines, buffer.offset(buffer.at));
      }
    }
  }

  private void malformed(EventIntake into, String reason) {
    PieceTally tally = into.tally();
    tally.malformed(tally.lines, buffer.offset(buffer.at), reason);
  }

  /** Has the decoder read the line up to its end; false when it is blank. */
  private boolean decode(int end) throws MalformedEventException {
    byte[] bytes = buffer.bytes;
    int from = buffer.at;
    int to = end;
    while (from < to && TextStart.isBlank(bytes[to - 1])) {
      to--;
    }
    while (from < to && TextStart.isBlank(bytes[from])) {
      from++;
    }
    if (from == to) {
      return false;
    }
    view.show(head(bytes, from, to - from));
    return true;
  }

  /** Takes long lines one at a time, because the decoder needs several times their room. */
  static EventHead head(byte[] bytes, int from, int length) throws MalformedEventException {
    if (length < LONG_LINE) {
      return EventDecoder.head(bytes, from, length);
    }
    synchronized (ONE_AT_A_TIME) {
      return EventDecoder.head(bytes, from, length);
    }
  }
}
