package io.governor.trace;

import io.governor.event.EventDecoder;
import io.governor.event.EventHead;
import io.governor.event.TraceEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Reads traces, ours and foreign ones (execution record, section 11): files, directories and
 * streams; JSON Lines, or a file that as a whole is one JSON array. Events come in the order of
 * their lines, one at a time, in memory that does not grow with the source: at most one line of 16
 * MiB is held, and a longer one is passed over. A stream whose first character is {@code [} is
 * first copied to a temporary file only its owner can read, because only its end tells what it is.
 *
 * <p>A line that is no event costs itself and stands in the {@link ReadReport}. An {@link
 * IOException} means that a source could not be opened, or broke off while it was read; its message
 * says which and why. Below a directory, files that cannot be opened are reported and passed over.
 *
 * <p>Stateless; any thread may use it.
 */
public final class TraceReader {

  private TraceReader() {}

  /** Reads whole events. */
  public static ReadReport read(TraceSource source, TraceVisitor<TraceEvent> visitor)
      throws IOException {
    return new TraceReading<>(EventDecoder::decode, visitor).read(source);
  }

  /**
   * The same, but for some of the files below a directory.
   *
   * @param known asked about each file, in order of path, whether it need not be read
   */
  public static ReadReport read(
      TraceSource source, Predicate<Path> known, TraceVisitor<TraceEvent> visitor)
      throws IOException {
    return new TraceReading<>(EventDecoder::decode, visitor, known).read(source);
  }

  /** Reads what a trace file holds that was opened already, and goes to its end. */
  static void read(Path file, InputStream text, TraceVisitor<TraceEvent> visitor)
      throws IOException {
    new TraceReading<>(EventDecoder::decode, visitor).read(file, text);
  }

  /** Reads what counting needs of each event. The same lines count as events. */
  public static ReadReport heads(TraceSource source, TraceVisitor<EventHead> visitor)
      throws IOException {
    return new TraceReading<>(EventDecoder::head, visitor).read(source);
  }

  /**
   * Whether a text as a whole is one JSON array, so that its {@link ArrayItems} are the events and
   * not its lines. Reads the stream to its end, or until it cannot be one, and closes it.
   */
  public static boolean isArray(InputStream text) throws IOException {
    return JsonArrayFile.is(text);
  }
}
