package io.governor.sync.ledger;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which known texts another one begins with, while it is read. Confined to one thread.
 */
final class Trail {

  private final List<Content> candidates;
  private int next;
  private @Nullable Content longest;

  Trail(List<Content> candidates) {
    this.candidates = new ArrayList<>(candidates);
    this.candidates.sort(Comparator.comparingLong(Content::end).thenComparing(Content::array));
  }

  /** Where the next known text ends, or {@link Long#MAX_VALUE}. */
  long nextStop() {
    return next < candidates.size() ? candidates.get(next).end() : Long.MAX_VALUE;
  }

  /** Compares what was read up to {@link #nextStop}. */
  void stop(MessageDigest digest) {
    long stop = nextStop();
    TextHash hash = TextHash.of(digest);
    for (; nextStop() == stop; next++) {
      Content candidate = candidates.get(next);
      if (candidate.hash().equals(hash)) {
        longest = candidate;
      }
    }
  }

  /**
   * The longest known text that this one begins with as a whole, or null. Where it was both, it is
   * an array.
   */
  @Nullable Content longest() {
    return longest;
  }
}
