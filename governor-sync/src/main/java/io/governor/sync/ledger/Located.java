package io.governor.sync.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A file as it was left.
 *
 * @param path where it lay
 * @param stamp how it looked
 * @param content its text as far as it was dealt with, or null when that was none of it
 */
record Located(String path, Stamp stamp, @Nullable Content content) {

  /** Whether nothing in it is left to be dealt with as long as it looks like that. */
  boolean isDone() {
    return content == null || content.isDone();
  }
}
