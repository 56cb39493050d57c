package io.governor.trace;

import io.governor.crypt.KeyFile;
import io.governor.crypt.KeyProvider;
import io.governor.file.StateRoot;
import java.io.InputStream;
import java.nio.file.Path;

/** What a trace is read from (execution record, section 11). */
public sealed interface TraceSource {

  /**
   * A file, or a directory with all {@code *.jsonl} files below it in order of path. Symbolic links
   * are followed, loops of them are not. A pipe or device is read as a stream. What is encrypted
   * opens with the keys near it, see {@link KeyFile#near}.
   */
  static TraceSource of(Path path) {
    return of(path, KeyFile.near(path));
  }

  /** As {@link #of(Path)}, with the keys of a host that keeps them elsewhere. */
  static TraceSource of(Path path, KeyProvider keys) {
    return new OnDisk(path, keys);
  }

  /**
   * A stream such as standard input. It is read once, to its end, and stays open. What is encrypted
   * opens with the keys of this user's state root.
   *
   * @param name what problems and positions call it, such as {@code stdin}
   */
  static TraceSource of(String name, InputStream in) {
    return of(name, in, KeyFile.in(StateRoot.locate()));
  }

  /** As {@link #of(String, InputStream)}, with the keys of a host that keeps them elsewhere. */
  static TraceSource of(String name, InputStream in, KeyProvider keys) {
    return new Stream(name, in, keys);
  }

  /** A file or directory. */
  record OnDisk(Path path, KeyProvider keys) implements TraceSource {}

  /** A stream. */
  record Stream(String name, InputStream in, KeyProvider keys) implements TraceSource {}
}
