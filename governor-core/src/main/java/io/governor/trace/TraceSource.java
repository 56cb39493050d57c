package io.governor.trace;

import java.io.InputStream;
import java.nio.file.Path;

/** What a trace is read from (execution record, section 11). */
public sealed interface TraceSource {

  /**
   * A file, or a directory with all {@code *.jsonl} files below it in order of path. Symbolic links
   * are followed, loops of them are not. A pipe or device is read as a stream.
   */
  static TraceSource of(Path path) {
    return new OnDisk(path);
  }

  /**
   * A stream such as standard input. It is read once, to its end, and stays open.
   *
   * @param name what problems and positions call it, such as {@code stdin}
   */
  static TraceSource of(String name, InputStream in) {
    return new Stream(name, in);
  }

  /** A file or directory. */
  record OnDisk(Path path) implements TraceSource {}

  /** A stream. */
  record Stream(String name, InputStream in) implements TraceSource {}
}
