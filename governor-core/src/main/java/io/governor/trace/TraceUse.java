package io.governor.trace;

import java.nio.file.Path;

/**
 * Says whether somebody still needs a trace file, so that it must not be removed. Safe to share
 * between threads.
 */
@FunctionalInterface
public interface TraceUse {

  /** Nobody needs any. */
  TraceUse NONE = file -> false;

  /** Whether the file, as it is now, is needed. */
  boolean isNeeded(Path file);
}
