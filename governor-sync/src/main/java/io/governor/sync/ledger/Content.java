package io.governor.sync.ledger;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that was dealt with, wherever it lies now: what it begins with, what it is, and what was
 * done with each part. Texts are told apart by hashes only; nothing of them is kept. Immutable.
 *
 * @param head hash of its first line
 * @param offsets ends of lines, ascending, all before its end
 * @param hashes of everything up to each of them
 * @param lines hash of the line that ends at each of them
 * @param end how long it is, in bytes
 * @param hash of all of it
 * @param lastLine hash of its last line
 * @param parts what was done, up to the end
 * @param goneSince the day (since 1970) from which on no file was known to hold it, or {@link
 *     #PRESENT}
 */
@SuppressWarnings("ArrayRecordComponent") // never shown, never compared
record Content(
    long head,
    long[] offsets,
    long[] hashes,
    long[] lines,
    long end,
    TextHash hash,
    long lastLine,
    List<Part> parts,
    long goneSince) {

  static final long PRESENT = Long.MAX_VALUE;

  Content {
    parts = List.copyOf(parts);
  }

  boolean isDone() {
    return parts.stream().allMatch(part -> part.done().all());
  }

  /** Whether it is the same text, whatever was done with it. */
  boolean isSameText(Content other) {
    return head == other.head && end == other.end && hash.equals(other.hash);
  }

  Content with(List<Part> newParts) {
    return new Content(head, offsets, hashes, lines, end, hash, lastLine, newParts, goneSince);
  }

  Content goneOn(long day) {
    return new Content(head, offsets, hashes, lines, end, hash, lastLine, parts, day);
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
    return "Content[" + end + " bytes, " + Arrays.toString(offsets) + "]";
  }
}
