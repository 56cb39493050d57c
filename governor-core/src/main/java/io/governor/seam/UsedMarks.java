package io.governor.seam;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The marks that were recognised and could be shown again: each is good once. Where there is no
 * room to remember another, none is recognised. Safe for use by several threads.
 */
final class UsedMarks {

  /** As many are remembered, each for as long as it is valid; about 200 bytes each. */
  static final int MAX = 100_000;

  // Guarded by this; the one used first comes first, and is not valid for much longer than others.
  private final Map<String, Long> expiries = new LinkedHashMap<>();

  /** Whether the mark was not used yet; from now on it was. */
  synchronized boolean use(String proof, long now, long expiry) {
    Iterator<Long> oldest = expiries.values().iterator();
    while (oldest.hasNext() && oldest.next() < now) {
      oldest.remove();
    }
    return expiries.size() < MAX && expiries.putIfAbsent(proof, expiry) == null;
  }
}
