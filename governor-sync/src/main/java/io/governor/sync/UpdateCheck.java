package io.governor.sync;

import org.jspecify.annotations.Nullable;

/**
 * What the server said about versions. Immutable; safe to share between threads.
 *
 * @param latest the newest version the server knows, of the form a version has in {@link
 *     SyncPayload}, or null when it named none
 * @param newer whether the server says that it is newer than ours
 */
public record UpdateCheck(@Nullable String latest, boolean newer) {

  /**
   * @throws IllegalArgumentException if the version does not have its form; the message does not
   *     repeat it
   */
  public UpdateCheck {
    if (latest != null && !SyncPayload.isVersion(latest)) {
      throw new IllegalArgumentException(SyncPayload.VERSION_FORM);
    }
  }
}
