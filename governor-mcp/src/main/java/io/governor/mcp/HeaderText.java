package io.governor.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How a value of a message is written in a header field that repeats it: as it stands where it is
 * plain ASCII, in Base64 between {@code =?base64?} and {@code ?=} otherwise (specification
 * 2026-07-28, streamable HTTP, value encoding).
 */
final class HeaderText {

  private static final String OPEN = "=?base64?";
  private static final String CLOSE = "?=";

  private HeaderText() {}

  static String of(String value) {
    return isPlain(value)
        ? value
        : OPEN + Base64.getEncoder().encodeToString(value.getBytes(UTF_8)) + CLOSE;
  }

  /** The value that a field repeats; null when it is no text in Base64 though it says so. */
  static @Nullable String value(String field) {
    if (!isWrapped(field)) {
      return field;
    }
    try {
      String encoded = field.substring(OPEN.length(), field.length() - CLOSE.length());
      return new String(Base64.getDecoder().decode(encoded), UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isPlain(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127))
        && value.equals(value.strip())
        && !isWrapped(value);
  }

  private static boolean isWrapped(String value) {
    return value.length() >= OPEN.length() + CLOSE.length()
        && value.startsWith(OPEN)
        && value.endsWith(CLOSE);
  }
}
