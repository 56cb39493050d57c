package io.governor.file;

import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the text of a path whether Windows may take it for another path than the one it spells
 * (Microsoft: Naming Files, Paths, and Namespaces). Stateless.
 */
final class WindowsText {
  private static final Set<String> DEVICES =
      Set.of("con", "prn", "aux", "nul", "conin$", "conout$");
  private static final String NUMBERS = "0123456789\u00b9\u00b2\u00b3";

  private WindowsText() {}

  /** Whether it begins with a drive and a separator. */
  static boolean hasDrive(String path) {
    return path.length() > 2
        && isLetter(path.charAt(0))
        && path.charAt(1) == ':'
        && (path.charAt(2) == '\\' || path.charAt(2) == '/');
  }

  /** Why the path is refused, or null. */
  static @Nullable Refusal refusal(String path) {
    // \\?\ and \\.\ and \??\ switch the reading of the rest off.
    boolean device = path.startsWith("\\\\?\\") || path.startsWith("\\\\.\\");
    if (device || path.startsWith("//") || path.startsWith("\\??\\") || path.startsWith("\\/")) {
      return Refusal.DEVICE;
    }
    String rest = hasDrive(path) ? path.substring(2) : path;
    if (rest.indexOf(':') >= 0) {
      return Refusal.COLON;
    }
    @Nullable Refusal refusal = PathText.refusal(rest.replace('\\', '/'));
    return refusal == null ? names(rest) : refusal;
  }

  private static @Nullable Refusal names(String path) {
    StringTokenizer names = new StringTokenizer(path, "/\\");
    @Nullable Refusal refusal = null;
    while (names.hasMoreTokens() && refusal == null) {
      refusal = name(names.nextToken().toLowerCase(Locale.ROOT));
    }
    return refusal;
  }

  private static @Nullable Refusal name(String name) {
    if (name.equals(".") || name.equals("..")) {
      return null;
    }
    char last = name.charAt(name.length() - 1);
    if (last == '.' || Character.isSpaceChar(last)) {
      return Refusal.TRAILING;
    }
    return isDevice(name) ? Refusal.DEVICE : isShort(name) ? Refusal.SHORT_NAME : null;
  }

  /** {@code nul}, {@code com1} and their like, also with an ending. */
  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    String stem = (dot < 0 ? name : name.substring(0, dot)).strip();
    boolean port =
        stem.length() == 4
            && (stem.startsWith("com") || stem.startsWith("lpt"))
            && NUMBERS.indexOf(stem.charAt(3)) >= 0;
    return port || DEVICES.contains(stem);
  }

  /** {@code PROGRA~1} stands for a longer name. */
  private static boolean isShort(String name) {
    int tilde = name.indexOf('~');
    return tilde > 0 && tilde + 1 < name.length() && Character.isDigit(name.charAt(tilde + 1));
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
