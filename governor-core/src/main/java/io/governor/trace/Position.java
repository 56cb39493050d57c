package io.governor.trace;

import java.io.File;
import java.nio.file.Path;

/**
 * Where an event stands. Immutable.
 *
 * @param source the file, as its path was given, or the name of the stream
 * @param line the line on which it begins, counted from 1
 * @param byteOffset its first byte, counted from the start of the source
 * @param byteLength its bytes, without a line end
 */
public record Position(String source, long line, long byteOffset, int byteLength) {

  /** The surface of the trace: the name of the folder that the file lies in. */
  public String surface() {
    int end = source.lastIndexOf(File.separatorChar);
    int start = source.lastIndexOf(File.separatorChar, end - 1) + 1;
    boolean tells = start > 0 && source.charAt(start) != '.';
    return tells ? source.substring(start, end) : TraceFiles.surface(Path.of(source));
  }

  /** {@code source:line}. */
  @Override
  public String toString() {
    return source + ":" + line;
  }
}
