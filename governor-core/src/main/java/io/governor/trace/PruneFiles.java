package io.governor.trace;

import java.nio.file.Path;

/**
 * What pruning keeps in the state root. Immutable.
 *
 * @param root the state root
 */
record PruneFiles(Path root) {

  static PruneFiles of(Path root) {
    return new PruneFiles(root);
  }

  /** Who prunes holds it. */
  Path lock() {
    return root.resolve("prune.lock");
  }

  /** When traces were last pruned without being asked, which is its own time, and how that went. */
  Path stamp() {
    return root.resolve("prune.stamp");
  }

  /** How far that has come, while it is under way. */
  Path round() {
    return root.resolve("prune.round");
  }
}
