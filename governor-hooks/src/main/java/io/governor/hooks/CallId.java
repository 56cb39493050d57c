package io.governor.hooks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A call's id as it is recorded: the agent's own where it looks like one, else a hash of it, so
 * that different calls stay different and nothing else gets into a trace by this way. Stateless.
 */
final class CallId {

  private static final int LONGEST = 128;
  private static final int HASH_BYTES = 16;

  private CallId() {}

  /** The id to record; null for an empty one, which is none. */
  static @Nullable String of(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      return null;
    }
    return isPlain(id) ? id : "id~" + hash(id);
  }

  private static boolean isPlain(String id) {
    return id.length() <= LONGEST && id.chars().allMatch(CallId::isPlain);
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-_.:/|".indexOf(c) >= 0;
  }

  private static String hash(String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
