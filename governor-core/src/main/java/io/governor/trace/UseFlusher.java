package io.governor.trace;

import java.nio.file.Path;

/**
 * Forces at the end of a use, for processes that live for one call and so have nobody to do it
 * later. Used by one thread at a time, as the trace that it belongs to.
 */
final class UseFlusher implements Flusher {

  private final Forcer forcer;
  private UnforcedFiles unforced = new UnforcedFiles();

  UseFlusher(Forcer forcer) {
    this.forcer = forcer;
  }

  @Override
  public void written(Path file, boolean begun) {
    unforced.add(file, begun);
  }

  @Override
  public void flush() {
    UnforcedFiles now = unforced;
    unforced = new UnforcedFiles();
    now.force(forcer);
  }
}
