package io.governor.sync.ledger;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A text that was dealt with, wherever it lies now: what it begins with, what it is, which events
 * of it can count, and what was done with each part. Only hashes of it are kept. Immutable.
 *
 * @param head hash of its first line
 * @param end how long it is, in bytes
 * @param hash of all of it
 * @param array whether its events were the items of an array, and not its lines
 * @param keys of its events that violate a rule, in order; see {@link EventKey}
 * @param parts what was done, up to the end
 * @param goneSince the day (since 1970) from which on no file was known to hold it, or {@link
 *     #PRESENT}
 */
@SuppressWarnings("ArrayRecordComponent") // never shown, never compared, never changed
record Content(
    long head,
    long end,
    TextHash hash,
    boolean array,
    long[] keys,
    List<Part> parts,
    long goneSince) {

  static final long PRESENT = Long.MAX_VALUE;

  Content {
    parts = List.copyOf(parts);
  }

  boolean isDone() {
    for (Part part : parts) {
      if (!part.done().all()) {
        return false;
      }
    }
    return true;
  }

  /** Whether every event of another text is one of this as well. */
  boolean hasAllOf(Content other) {
    LongSet own = LongSet.of(keys);
    return LongStream.of(other.keys).allMatch(own::contains);
  }

  Content with(List<Part> newParts) {
    return new Content(head, end, hash, array, keys, newParts, goneSince);
  }

  Content goneOn(long day) {
    return day == goneSince ? this : new Content(head, end, hash, array, keys, parts, day);
  }

  /** Used as what it is, never compared as a value. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "Content[" + end + " bytes]";
  }
}
