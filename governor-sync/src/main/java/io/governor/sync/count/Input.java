package io.governor.sync.count;

import io.governor.crypt.KeyFile;
import io.governor.crypt.KeyProvider;
import io.governor.trace.TraceFiles;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be read: a slice of a file, or a stream. Immutable, but for the stream.
 *
 * @param name what problems call it
 * @param path the file, or null for a stream
 * @param stream the stream, or null for a file
 * @param from where in the text the reading begins
 * @param to where it ends, {@link TraceSlice#END} for the end as found
 * @param size the file's bytes, or {@link #UNKNOWN}
 * @param times which events count
 * @param form what its events are
 * @param keys open what is encrypted
 * @param mustRead whether it was named itself, so that a count without it is none
 */
record Input(
    String name,
    @Nullable Path path,
    @Nullable InputStream stream,
    long from,
    long to,
    long size,
    TimeFilter times,
    TraceSlice.Form form,
    KeyProvider keys,
    boolean mustRead) {

  static final long UNKNOWN = -1;

  static Input file(Path path, long size, TimeFilter times, KeyProvider keys, boolean mustRead) {
    return new Input(
        path.toString(),
        path,
        null,
        0,
        TraceSlice.END,
        size,
        times,
        TraceSlice.Form.UNKNOWN,
        keys,
        mustRead);
  }

  static Input stream(String name, InputStream stream, TimeFilter times, KeyProvider keys) {
    return new Input(
        name, null, stream, 0, TraceSlice.END, UNKNOWN, times, TraceSlice.Form.UNKNOWN, keys, true);
  }

  static Input slice(TraceSlice slice, TimeFilter times) {
    Path file = slice.file();
    return new Input(
        file.toString(),
        file,
        null,
        slice.from(),
        slice.to(),
        UNKNOWN,
        times,
        slice.form(),
        KeyFile.near(file),
        false);
  }

  /** What problems with several of its lines call it. */
  String part() {
    return from == 0 ? name : name + " (from byte " + from + ")";
  }

  /** How many bytes are to be read, or {@link #UNKNOWN}. */
  long length() {
    return to == TraceSlice.END ? size : to - from;
  }

  /** The name of the folder the file lies in; empty for a stream. */
  String folder() {
    return path == null ? "" : TraceFiles.surface(path);
  }
}
