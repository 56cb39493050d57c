package io.governor.benchmarks.trace;

import io.governor.trace.Durability;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceKeys;
import java.nio.file.Path;

/** How traces are kept. */
public enum TraceKind {
  UNCHAINED {
    @Override
    TraceDirectory at(Path stateRoot) {
      return TraceDirectory.unchained(stateRoot);
    }
  },
  CHAINED {
    @Override
    TraceDirectory at(Path stateRoot) {
      return TraceDirectory.at(stateRoot);
    }
  },
  CHAINED_ENCRYPTED {
    @Override
    TraceDirectory at(Path stateRoot) {
      return kept(stateRoot, Durability.OS, new TraceKeys(stateRoot, null, true));
    }
  },
  CHAINED_GROUP {
    @Override
    TraceDirectory at(Path stateRoot) {
      return forced(stateRoot, Durability.GROUP);
    }
  },
  CHAINED_ALWAYS {
    @Override
    TraceDirectory at(Path stateRoot) {
      return forced(stateRoot, Durability.ALWAYS);
    }
  };

  /** The traces of a folder. */
  abstract TraceDirectory at(Path stateRoot);

  private static TraceDirectory forced(Path stateRoot, Durability durability) {
    return kept(stateRoot, durability, new TraceKeys(stateRoot, null, false));
  }

  private static TraceDirectory kept(Path stateRoot, Durability durability, TraceKeys keys) {
    return TraceDirectory.at(
        stateRoot,
        durability,
        failure -> {
          throw new IllegalStateException(failure);
        },
        keys);
  }
}
