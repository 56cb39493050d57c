package io.governor.sync.ledger;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a text along the known texts that begin like it, as far as it is the same. Confined to
 * one thread.
 */
final class Trail {

  /**
   * How far a text is a known one.
   *
   * @param content the one it follows furthest
   * @param offset how far, from where the trail began
   * @param lines how many lines that is
   * @param whole whether that is all of the known text
   * @param contested whether another known text is the same up to there and goes on
   */
  record Match(Content content, long offset, long lines, boolean whole, boolean contested) {}

  private static final class Follower {
    final Content content;
    int next;
    long offset;
    long lines;
    boolean lost;

    Follower(Content content) {
      this.content = content;
    }

    long nextStop() {
      if (lost || next > content.offsets().length) {
        return Long.MAX_VALUE;
      }
      return next == content.offsets().length ? content.end() : content.offsets()[next];
    }

    void at(TextHash hash, long line) {
      boolean last = next == content.offsets().length;
      boolean same = last ? content.hash().equals(hash) : content.hashes()[next] == hash.high();
      if (same) {
        offset = nextStop();
        lines = line;
        next++;
      } else {
        lost = true;
      }
    }

    boolean whole() {
      return offset == content.end();
    }
  }

  private final List<Follower> followers = new ArrayList<>();
  private long nextStop = Long.MAX_VALUE;

  Trail(List<Content> candidates) {
    candidates.forEach(content -> followers.add(new Follower(content)));
    look();
  }

  /** Where a hash is wanted next, or {@link Long#MAX_VALUE}. */
  long nextStop() {
    return nextStop;
  }

  /** Compares what was read up to {@link #nextStop}. */
  void stop(MessageDigest digest, long line) {
    TextHash hash = TextHash.of(digest);
    for (Follower follower : followers) {
      if (follower.nextStop() == nextStop) {
        follower.at(hash, line);
      }
    }
    look();
  }

  private void look() {
    nextStop = Long.MAX_VALUE;
    for (Follower follower : followers) {
      nextStop = Math.min(nextStop, follower.nextStop());
    }
  }

  /** How far it went, or null when there was nothing to follow. */
  @Nullable Match best() {
    Follower best = null;
    for (Follower follower : followers) {
      if (best == null
          || follower.offset > best.offset
          || (follower.offset == best.offset && follower.whole())) {
        best = follower;
      }
    }
    return best == null
        ? null
        : new Match(best.content, best.offset, best.lines, best.whole(), contested(best.offset));
  }

  private boolean contested(long offset) {
    return followers.stream()
        .anyMatch(other -> other.offset == offset && other.content.end() > offset);
  }
}
