package io.governor.trace;

import java.nio.file.Path;

/**
 * Decides when what was written is forced to the disk; one for each level of {@link Durability}.
 * Safe for use by several threads.
 */
interface Flusher {

  /** Leaves it to the operating system. */
  Flusher NEVER = (file, begun) -> {};

  /**
   * A record is in the file.
   *
   * @param begun whether it is the first one there
   */
  void written(Path file, boolean begun);

  /** Forces what is still to be forced; it is when this returns. */
  default void flush() {}

  /** The one for a trace that is used now and then, and flushed at the end of each use. */
  default Flusher perUse() {
    return this;
  }

  /** Forces what is left. What is written later is forced at once. */
  default void close() {}

  /** The one of a level. */
  static Flusher of(Durability level, Forcer forcer) {
    return switch (level) {
      case OS -> NEVER;
      case GROUP -> new GroupFlusher(forcer);
      case ALWAYS -> forcer::force;
    };
  }
}
