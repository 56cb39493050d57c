package io.governor.sync;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One body that was sent, byte for byte. Immutable; safe to share between threads.
 *
 * @param number counts the windows of the installation from 1
 * @param body what was sent; ASCII, so that its characters are its bytes
 * @param sha256 of the body, in hex
 * @param window the window it is about
 * @param asked whether that window was asked for
 * @param made when it was made
 * @param attempts how often it was sent; the server counts it once
 * @param accepted when the server had accepted it, or null when that is not known
 */
public record SentBody(
    long number,
    String body,
    String sha256,
    TimeWindow window,
    boolean asked,
    Instant made,
    long attempts,
    @Nullable Instant accepted) {

  /** Whether it is an installation's; a state root may have seen several, one after the other. */
  boolean isOf(String installationId) {
    return body.contains('"' + installationId + '"');
  }

  /** The bytes; a new array each time. */
  public byte[] bytes() {
    return body.getBytes(StandardCharsets.US_ASCII);
  }
}
