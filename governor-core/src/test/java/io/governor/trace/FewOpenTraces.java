package io.governor.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Traces that take descriptors from one another when there are more than two. */
public final class FewOpenTraces {

  private FewOpenTraces() {}

  public static TraceStore at(
      Path stateRoot, Durability durability, Consumer<IOException> notForced) {
    return new TraceDirectory(stateRoot, true, durability, notForced, TraceKeys.none(stateRoot), 2);
  }
}
