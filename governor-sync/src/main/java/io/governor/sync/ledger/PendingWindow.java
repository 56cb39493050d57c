package io.governor.sync.ledger;

import io.governor.RuleId;
import io.governor.sync.SentBody;
import io.governor.sync.SentWindow;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A window that was made and is not known to be accepted: the very bytes to send, as often as it
 * takes, and what holds once they are accepted. Its {@code toString} shows sizes only. Immutable.
 *
 * @param number counts the windows of the installation from 1
 * @param body what is sent, ASCII
 * @param sha256 of the body, in hex
 * @param window what the body says
 * @param asked whether the window was asked for, so that the next one without one does not start at
 *     its end
 * @param positions the name of the file that says how far traces are counted with it, or null when
 *     nothing changes
 * @param carried what is withheld until later once it is accepted
 * @param noise what noise has cost with it
 * @param made when it was made
 * @param attempts how often it was tried, or is about to be
 * @param lastAttempt when that was last, or null before the first time
 */
record PendingWindow(
    long number,
    String body,
    String sha256,
    TimeWindow window,
    boolean asked,
    @Nullable String positions,
    SortedMap<RuleId, Long> carried,
    NoiseAccount noise,
    Instant made,
    long attempts,
    @Nullable Instant lastAttempt) {

  PendingWindow {
    carried = new TreeMap<>(carried);
  }

  boolean isBodyOf(SentWindow window) {
    return window.sent().number() == number && window.sent().sha256().equals(sha256);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The bytes, once their hash is what it was.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if it is not
   */
  byte[] verified() throws SyncException {
    byte[] bytes = bytes();
    if (!sha256(bytes).equals(sha256)) {
      throw SyncException.localFiles(
          SyncStateFile.NAME
              + ": ledger.pending: the body is not the one that was stored; nothing was sent");
    }
    return bytes;
  }

  PendingWindow attempted(int times, Instant now) {
    long all = attempts + times;
    return new PendingWindow(
        number, body, sha256, window, asked, positions, carried, noise, made, all, now);
  }

  /** As it is told, accepted or not. */
  SentBody told(@Nullable Instant accepted) {
    return new SentBody(number, body, sha256, window, asked, made, attempts, accepted);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "PendingWindow[" + number + ", " + body.length() + " bytes]";
  }
}
