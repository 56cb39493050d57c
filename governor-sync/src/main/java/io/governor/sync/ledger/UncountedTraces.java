package io.governor.sync.ledger;

import io.governor.trace.TraceUse;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A trace is needed until a window that was accepted has everything that is in it, as it looks now.
 * Immutable.
 *
 * @param positions how far traces are counted
 */
record UncountedTraces(Positions positions) implements TraceUse {

  @Override
  public boolean isNeeded(Path file) {
    Located left = positions.files().get(file.toAbsolutePath().normalize().toString());
    try {
      return left == null || !left.isDone() || !left.stamp().looksLike(Stamp.of(file));
    } catch (IOException e) {
      return true;
    }
  }
}
