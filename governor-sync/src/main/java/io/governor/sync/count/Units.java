package io.governor.sync.count;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deals inputs out in pieces of about the same size: large files are cut, small ones put together.
 * Confined to one thread at a time.
 */
final class Units {

  /** Small, so that what waits to be added up is small and nobody waits long for the last one. */
  private static final long BYTES = 4L << 20;

  private static final int MOST_FILES = 256;

  /** What is looked at before a file is cut; one that begins with more white space is not. */
  private static final int START = 1 << 12;

  private final List<Input> inputs;
  private final EncryptedFiles encrypted = new EncryptedFiles();
  private int index;

  /** Where the input at {@link #index} goes on, when it is being cut; 0 otherwise. */
  private long cut;

  private long cutEnd;

  Units(List<Input> inputs) {
    this.inputs = inputs;
  }

  /** The next pieces, none of which depends on the others; null when all were dealt out. */
  @Nullable List<Piece> next() {
    List<Piece> pieces = new ArrayList<>();
    long bytes = 0;
    while (bytes < BYTES && pieces.size() < MOST_FILES && index < inputs.size()) {
      bytes += add(pieces);
    }
    return pieces.isEmpty() ? null : pieces;
  }

  boolean hasMore() {
    return index < inputs.size();
  }

  private long add(List<Piece> pieces) {
    Input input = inputs.get(index);
    if (cutEnd > 0) {
      return addCut(pieces, input);
    }
    long end = Math.min(input.to(), size(input));
    if (end - input.from() > 2 * BYTES && isPlain(input)) {
      cut = input.from();
      cutEnd = end;
      return addCut(pieces, input);
    }
    pieces.add(Piece.whole(input, index++));
    return input.path() == null ? BYTES : Math.max(0, end - input.from());
  }

  private long addCut(List<Piece> pieces, Input input) {
    long from = cut;
    boolean last = cutEnd - from < 2 * BYTES;
    cut = last ? cutEnd : from + BYTES;
    pieces.add(new Piece(input, index, from, cut, cutEnd));
    if (last) {
      cutEnd = 0;
      index++;
    }
    return BYTES;
  }

  private static long size(Input input) {
    Path path = input.path();
    if (path == null || input.size() != Input.UNKNOWN) {
      return input.size();
    }
    try {
      return Files.size(path);
    } catch (IOException e) {
      // Who reads it will come upon the same and say so.
      return 0;
    }
  }

  /** Whether the file holds text whose events are its lines. */
  private boolean isPlain(Input input) {
    Path path = input.path();
    if (path == null || input.form() == TraceSlice.Form.ITEMS) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(START);
      int first = TextStart.firstByte(start, 0, start.length);
      return !TextStart.isGzip(start, 0, start.length)
          && (input.from() > 0 || (first >= 0 && first != '['))
          && !encrypted.isIn(path, input.keys());
    } catch (IOException e) {
      return false;
    }
  }
}
