package io.governor.file;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the text of a path whether some reader may take it for another path than the one it
 * spells. Stateless; time grows with the path, which is bounded first.
 */
final class PathText {
  private static final int MAX_BYTES = 4096;
  private static final int MAX_NAME_BYTES = 255;

  /** What stands for something else in paths, and what a look-alike must not become. */
  private static final String MEANING = "./\\:~%";

  /** Look-alikes that Unicode does not fold: division and set-minus signs, slopes, ratios, dots. */
  private static final String UNFOLDED =
      "\u2044\u2215\u2216\u2571\u2572\u27cb\u27cd\u29f5\u29f6\u29f8\u29f9\u2e4a\u3033"
          + "\u2236\ua789\u02d0\u02f8\u0701\u0702\u06d4\u2219\u22c5\ua4f8\u2027\u3002\uff61";

  /** Schemes whose paths need no slash in front. */
  private static final Set<String> OPAQUE = Set.of("file", "jar", "url", "view-source");

  private PathText() {}

  /** Why the path is refused, or null. */
  static @Nullable Refusal refusal(String path) {
    if (path.isEmpty()) {
      return Refusal.EMPTY;
    }
    if (path.length() > MAX_BYTES || bytes(path) > MAX_BYTES) {
      return Refusal.TOO_LONG;
    }
    @Nullable Refusal refusal = path.charAt(0) == '~' ? Refusal.HOME : characters(path);
    return refusal == null ? names(path) : refusal;
  }

  /** In UTF-8; a lone surrogate counts as three. */
  private static int bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      i += Character.charCount(c);
    }
    return bytes;
  }

  private static @Nullable Refusal characters(String path) {
    @Nullable Refusal refusal = null;
    for (int i = 0; i < path.length() && refusal == null; ) {
      int c = path.codePointAt(i);
      refusal = c < 0x80 ? ascii(path, i) : other(path, i, c);
      i += Character.charCount(c);
    }
    return refusal;
  }

  private static @Nullable Refusal ascii(String path, int at) {
    char c = path.charAt(at);
    if (c < ' ' || c == 0x7f) {
      return Refusal.CONTROL_CHARACTER;
    }
    return switch (c) {
      case '\\' -> Refusal.BACKSLASH;
      case ':' -> endsScheme(path, at) ? Refusal.COLON : null;
      case '%' -> mayDecode(path, at) ? Refusal.ENCODED : null;
      default -> null;
    };
  }

  /** Whether what stands before the colon is a drive or a scheme (RFC 3986, 3.1; RFC 8089). */
  private static boolean endsScheme(String path, int at) {
    boolean name =
        at > 0
            && Character.isLetter(path.charAt(0))
            && path.chars().limit(at).allMatch(PathText::isOfScheme);
    boolean slash = charAt(path, at + 1) == '/' || charAt(path, at + 1) == '\\';
    return name && (slash || OPAQUE.contains(path.substring(0, at).toLowerCase(Locale.ROOT)));
  }

  private static boolean isOfScheme(int c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  }

  private static char charAt(String path, int at) {
    return at < path.length() ? path.charAt(at) : 0;
  }

  /**
   * Whether a percent sign begins what decodes to anything but a blank, or begins another percent
   * sign: nobody who means well encodes letters.
   */
  private static boolean mayDecode(String path, int at) {
    char first = charAt(path, at + 1);
    if (first == '%' || first == 'u' || first == 'U') {
      return true;
    }
    int high = Character.digit(first, 16);
    int low = Character.digit(charAt(path, at + 2), 16);
    int decoded = high * 16 + low;
    return high >= 0 && low >= 0 && decoded != ' ';
  }

  private static @Nullable Refusal other(String path, int at, int c) {
    int type = Character.getType(c);
    if (type == Character.SURROGATE || type == Character.UNASSIGNED || c == 0xfffd) {
      return Refusal.NOT_UNICODE;
    }
    if (isOverlong(path, at)) {
      return Refusal.NOT_UNICODE;
    }
    boolean shapeless =
        type == Character.CONTROL
            || type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    if (shapeless) {
      return Refusal.CONTROL_CHARACTER;
    }
    return isLookAlike(c) ? Refusal.LOOK_ALIKE : null;
  }

  /** Bytes of an overlong dot or separator that were taken for Latin-1: {@code \u00c0\u00ae}. */
  private static boolean isOverlong(String path, int at) {
    char lead = path.charAt(at);
    char next = charAt(path, at + 1);
    return (lead == 0xc0 || lead == 0xc1) && next >= 0x80 && next <= 0xbf;
  }

  private static boolean isLookAlike(int c) {
    if (UNFOLDED.indexOf(c) >= 0) {
      return true;
    }
    String folded = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
    return folded.chars().anyMatch(each -> MEANING.indexOf(each) >= 0);
  }

  private static @Nullable Refusal names(String path) {
    StringTokenizer names = new StringTokenizer(path, "/");
    @Nullable Refusal refusal = null;
    while (names.hasMoreTokens() && refusal == null) {
      refusal = name(names.nextToken());
    }
    return refusal;
  }

  private static @Nullable Refusal name(String name) {
    if (name.equals(".") || name.equals("..")) {
      return null;
    }
    if (isDisguised(name)) {
      return Refusal.DISGUISED_DOTS;
    }
    return bytes(name) > MAX_NAME_BYTES ? Refusal.TOO_LONG : null;
  }

  /** Only dots and marks, or two dots and the parameters some servers cut off. */
  private static boolean isDisguised(String name) {
    return isOnlyMarks(name) || name.startsWith("..;") || name.startsWith(".;");
  }

  private static boolean isOnlyMarks(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (".?; ".indexOf(name.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
