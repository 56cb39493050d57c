package io.governor.trace;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files with records that are not forced yet. Not safe for use by several threads. */
final class UnforcedFiles {

  private final Map<Path, Boolean> begun = new LinkedHashMap<>();
  private int records;

  void add(Path file, boolean isBegun) {
    begun.merge(file, isBegun, Boolean::logicalOr);
    records++;
  }

  int records() {
    return records;
  }

  void force(Forcer forcer) {
    begun.forEach(forcer::force);
  }
}
