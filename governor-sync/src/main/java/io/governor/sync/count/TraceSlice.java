package io.governor.sync.count;

import java.nio.file.Path;

/**
 * A part of a trace file: the lines that begin at or after {@code from} and before {@code to}, or
 * the items of an array between them, and which of their events count. Offsets are those of the
 * file's text; for a gzip file, of the text it decompresses to. Immutable.
 *
 * @param file a regular file
 * @param from where a line begins, in bytes
 * @param to the end, exclusive; what lies behind it is not looked at, so that a line that it cuts
 *     is the last line without a line end. {@link #END} is the end as found when the file is opened
 * @param times which events count, by their own time
 * @param form what the events are
 */
public record TraceSlice(Path file, long from, long to, EventTimes times, Form form) {

  /** How a text holds its events. */
  public enum Form {

    /** Each line is one. */
    LINES,

    /** Each item is one: the text as a whole is a JSON array, and slices end behind items. */
    ITEMS,

    /** To be found out from the slice, if it begins at 0. */
    UNKNOWN
  }

  /** The end of the file, wherever that is when it is opened. */
  public static final long END = Long.MAX_VALUE;

  public TraceSlice {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no slice: " + from + " to " + to);
    }
  }

  public TraceSlice(Path file, long from, long to, EventTimes times) {
    this(file, from, to, times, Form.UNKNOWN);
  }

  /** All of a file. */
  public static TraceSlice whole(Path file, EventTimes times) {
    return new TraceSlice(file, 0, END, times);
  }
}
