package io.governor.sync.count;

import io.governor.crypt.ClearText;
import io.governor.crypt.KeyProvider;
import io.governor.event.EventHead;
import io.governor.event.MalformedEventException;
import io.governor.trace.ArrayItems;
import io.governor.trace.IoReason;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads pieces, one after the other, and puts what it finds into their unit. Files are read, not
 * mapped: a mapped file that is truncated meanwhile would end the virtual machine. Confined to one
 * thread; a file that was cut stays open for its next piece.
 */
final class PieceReader implements Closeable {

  private final LineBuffer buffer = new LineBuffer();
  private final EventView view;
  private final LineLoop lines;
  private final ProgressMeter progress;
  private final EventIntake.Overflow overflow;
  private final EncryptedFiles encrypted = new EncryptedFiles();

  private @Nullable Path openPath;
  private @Nullable FileChannel open;

  PieceReader(RuleTable rules, ProgressMeter progress, EventIntake.Overflow overflow) {
    this.view = new EventView(rules);
    this.lines = new LineLoop(buffer, view);
    this.progress = progress;
    this.overflow = overflow;
  }

  /**
   * Reads the pieces of a unit. What cannot be read stands in its tally.
   *
   * @throws IOException if it had to be, or the thread was interrupted
   */
  void read(Unit unit) throws IOException {
    for (Piece piece : unit.pieces) {
      PieceTally tally = new PieceTally(piece);
      try {
        read(piece, new EventIntake(unit, tally, overflow));
      } catch (ClosedByInterruptException e) {
        throw new InterruptedIOException("the count was interrupted");
      } catch (IOException e) {
        if (piece.input().mustRead()) {
          throw IoReason.at(piece.input().name(), e);
        }
        tally.failure = IoReason.of(e);
      }
      tally.foundEnd = unit.found.end();
      unit.tallies.add(tally);
    }
  }

  private void read(Piece piece, EventIntake into) throws IOException {
    Path path = piece.input().path();
    if (path == null) {
      stream(Objects.requireNonNull(piece.input().stream()), piece.input().keys(), into);
    } else if (piece.input().form() == TraceSlice.Form.ITEMS) {
      items(path, into);
    } else if (piece.isPart()) {
      part(channel(path), piece, into);
    } else {
      whole(path, piece, into);
    }
  }

  private FileChannel channel(Path path) throws IOException {
    FileChannel channel = open;
    if (channel == null || !path.equals(openPath)) {
      close();
      channel = FileChannel.open(path);
      open = channel;
      openPath = path;
    }
    return channel;
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  private void part(FileChannel channel, Piece piece, EventIntake into) throws IOException {
    // A line that begins at the cut is told from one that goes on there by the byte before it.
    long from = piece.isFirst() ? piece.from() : piece.from() - 1;
    ChannelBytes bytes = new ChannelBytes(channel, from, piece.end());
    buffer.begin(bytes, from, piece.to());
    buffer.skipMark();
    if (piece.isFirst() || lines.skipLine()) {
      lines.run(into);
    }
    tellShort(bytes.isShort(), into);
    progress.advance(piece.to() - piece.from());
  }

  private void whole(Path path, Piece piece, EventIntake into) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      boolean zipped = TextStream.isGzip(channel);
      if (zipped || encrypted.isIn(path, channel, piece.input().keys())) {
        text(path, zipped, piece, into);
        return;
      }
      long end = piece.end() == TraceSlice.END ? channel.size() : piece.end();
      ChannelBytes bytes = new ChannelBytes(channel, piece.from(), end);
      buffer.begin(bytes, piece.from(), end);
      if (!isArray(path, piece, false, end)) {
        buffer.skipMark();
        lines.run(into);
      } else {
        items(path, false, 0, end, into);
      }
      tellShort(bytes.isShort(), into);
      progress.advance(end - piece.from());
    }
  }

  /** A text that lies there as something else is read from its beginning. */
  private void text(Path path, boolean zipped, Piece piece, EventIntake into) throws IOException {
    try (TextStream text =
        TextStream.open(path, zipped, piece.end(), piece.input().keys(), progress)) {
      text.skipNBytes(piece.from());
      buffer.begin(text::read, piece.from(), piece.end());
      if (!isArray(path, piece, zipped, piece.end())) {
        buffer.skipMark();
        lines.run(into);
        tellShort(piece.end() != TraceSlice.END && text.count() < piece.end(), into);
      } else {
        items(path, zipped, 0, piece.end(), into);
      }
    }
  }

  private static void tellShort(boolean isShort, EventIntake into) {
    if (isShort) {
      into.tally().failure = "ends before it should: it became shorter";
    }
  }

  private boolean isArray(Path path, Piece piece, boolean zipped, long end) throws IOException {
    return piece.input().form() == TraceSlice.Form.UNKNOWN
        && buffer.offset(buffer.at) == 0
        && buffer.firstByte() == '['
        && TraceReader.isArray(
            TextStream.open(path, zipped, end, piece.input().keys(), ProgressMeter.NONE));
  }

  private void items(Path path, EventIntake into) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      Piece piece = into.tally().piece;
      items(path, TextStream.isGzip(channel), piece.from(), piece.end(), into);
      progress.advance(piece.end() - piece.from());
    }
  }

  private void items(Path path, boolean zipped, long from, long end, EventIntake into)
      throws IOException {
    KeyProvider keys = into.tally().piece.input().keys();
    try (TextStream text = TextStream.open(path, zipped, end, keys, ProgressMeter.NONE)) {
      text.skipNBytes(from);
      items(from == 0 ? ArrayItems.of(text) : ArrayItems.within(text, from), into);
      // What follows the last item is white space, and a comma or the closing bracket.
      text.transferTo(OutputStream.nullOutputStream());
      into.tally().consumed = text.count();
      tellShort(end != TraceSlice.END && text.count() < end, into);
    }
  }

  private void items(ArrayItems items, EventIntake into) throws IOException {
    while (items.next()) {
      try {
        show(head(items), into);
      } catch (MalformedEventException e) {
        into.tally().malformed(items.line(), items.offset(), e.reason());
      }
    }
  }

  private boolean show(EventHead head, EventIntake into) {
    view.show(head);
    into.take(view);
    return true;
  }

  private static EventHead head(ArrayItems item) throws MalformedEventException {
    if (item.tooLong()) {
      throw MalformedEventException.tooLong();
    }
    return LineLoop.head(item.buffer(), item.start(), item.length());
  }

  private void stream(InputStream in, KeyProvider keys, EventIntake into) throws IOException {
    InputStream counted = ClearText.of(new CountedStream(in, progress), keys);
    buffer.begin(counted::read, 0, TraceSlice.END);
    if (buffer.startsGzip()) {
      counted = ClearText.of(TextStream.unzipped(rest(counted)), keys);
      buffer.begin(counted::read, 0, TraceSlice.END);
    }
    if (buffer.firstByte() == '[') {
      spooled(rest(counted), into);
    } else {
      buffer.skipMark();
      lines.run(into);
    }
  }

  /** The stream with what the buffer holds of it before it. */
  private InputStream rest(InputStream in) {
    byte[] held = Arrays.copyOfRange(buffer.bytes, buffer.at, buffer.limit);
    return new SequenceInputStream(new ByteArrayInputStream(held), in);
  }

  /** Only the end of a stream tells whether it is an array. */
  private void spooled(InputStream in, EventIntake into) throws IOException {
    PieceTally tally = into.tally();
    try {
      TraceSource source = TraceSource.of(tally.piece.input().name(), in);
      tally.add(TraceReader.heads(source, (head, at) -> show(head, into)));
    } catch (IOException e) {
      // It says where, which our caller says too.
      throw e.getCause() instanceof IOException cause ? cause : e;
    }
  }
}
