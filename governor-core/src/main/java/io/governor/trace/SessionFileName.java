package io.governor.trace;

import io.governor.json.JsonWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The file name of a session (execution record, section 10.2): the id itself when it is harmless,
 * else a readable part and a hash, so that any id stays inside the folder and different ids stay
 * different.
 */
public final class SessionFileName {

  private static final int LONGEST_ID = 64;
  private static final int LONGEST_SLUG = 32;

  private SessionFileName() {}

  /** The name without an ending. */
  public static String of(String sessionId) {
    return isHarmless(sessionId) && !isDevice(sessionId)
        ? sessionId
        : slug(sessionId) + "~" + hash(sessionId);
  }

  private static boolean isHarmless(String id) {
    if (id.isEmpty() || id.length() > LONGEST_ID || id.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isDevice(String id) {
    return switch (id) {
      case "con", "prn", "aux", "nul" -> true;
      default ->
          id.length() == 4
              && (id.startsWith("com") || id.startsWith("lpt"))
              && Character.isDigit(id.charAt(3));
    };
  }

  private static String slug(String id) {
    if (id.isEmpty()) {
      return "s";
    }
    StringBuilder slug = new StringBuilder();
    for (int i = 0; i < Math.min(LONGEST_SLUG, id.length()); i++) {
      char c = id.charAt(i);
      boolean kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      slug.append(kept ? c : '-');
    }
    return slug.toString().toLowerCase(Locale.ROOT);
  }

  private static String hash(String id) {
    byte[] literal = new JsonWriter(id.length() + 2).value(id).toByteArray();
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(literal);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
