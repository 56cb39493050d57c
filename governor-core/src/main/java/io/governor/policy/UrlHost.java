package io.governor.policy;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the host of a URL (RFC 3986, section 3.2), and only where every reader of URLs must see the
 * same one: what the RFC and the WHATWG URL Standard read differently has no host here.
 */
final class UrlHost {

  private static final int LONGEST_NAME = 253;

  /** Schemes whose authority is a host on a network; file://localhost/ is not a call to a host. */
  private static final Set<String> SCHEMES =
      Set.of(
          "http",
          "https",
          "ws",
          "wss",
          "ftp",
          "ftps",
          "sftp",
          "ssh",
          "git",
          "git+ssh",
          "git+https");

  private UrlHost() {}

  /** The host in lower case without a final dot, or null when the text has none that is certain. */
  static @Nullable String of(String url) {
    int scheme = schemeEnd(url);
    if (scheme < 0 || !SCHEMES.contains(url.substring(0, scheme).toLowerCase(Locale.ROOT))) {
      return null;
    }
    int start = scheme + 3;
    int end = authorityEnd(url, start);
    String authority = url.substring(start, end);
    int at = authority.indexOf('@');
    if (at != authority.lastIndexOf('@') || !isPlain(url)) {
      return null;
    }
    return host(authority.substring(at + 1));
  }

  /** Whether some reader may take the text for a URL with a host. */
  static boolean isUrl(String text) {
    String start = text.strip();
    return start.contains(":/") || start.contains(":\\\\") || start.startsWith("//");
  }

  /** Where {@code ://} follows a scheme, or -1. */
  private static int schemeEnd(String url) {
    int colon = url.indexOf("://");
    for (int i = 0; i < colon; i++) {
      char c = url.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || !((c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0))) {
        return -1;
      }
    }
    return colon > 0 ? colon : -1;
  }

  private static int authorityEnd(String url, int start) {
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Blanks, control characters and backslashes are dropped or turned by some readers. */
  private static boolean isPlain(String url) {
    return url.chars().allMatch(c -> c > ' ' && c != '\\' && c != 0x7f);
  }

  private static @Nullable String host(String hostAndPort) {
    if (hostAndPort.startsWith("[")) {
      int close = hostAndPort.indexOf(']');
      return close > 0 && isPort(hostAndPort.substring(close + 1))
          ? hostAndPort.substring(0, close + 1).toLowerCase(Locale.ROOT)
          : null;
    }
    int colon = hostAndPort.indexOf(':');
    String name = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    if (colon >= 0 && !isPort(hostAndPort.substring(colon))) {
      return null;
    }
    String trimmed = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return isName(trimmed) ? trimmed.toLowerCase(Locale.ROOT) : null;
  }

  private static boolean isPort(String colonAndDigits) {
    return colonAndDigits.isEmpty()
        || (colonAndDigits.charAt(0) == ':'
            && colonAndDigits.length() <= 6
            && colonAndDigits.chars().skip(1).allMatch(c -> c >= '0' && c <= '9'));
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.startsWith(".")) {
      return false;
    }
    boolean plain =
        name.chars()
            .allMatch(
                c ->
                    (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '-'
                        || c == '.'
                        || c == '_');
    return plain && !name.contains("..") && (isDottedDecimal(name) || !looksNumeric(name));
  }

  /** 0x7f.1 and 2130706433 are addresses to some readers and names to others. */
  private static boolean looksNumeric(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return last.chars().allMatch(c -> c >= '0' && c <= '9')
        || (last.startsWith("0x")
            && last.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0));
  }

  private static boolean isDottedDecimal(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      boolean digits =
          !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!digits || (part.length() > 1 && part.charAt(0) == '0') || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }
}
