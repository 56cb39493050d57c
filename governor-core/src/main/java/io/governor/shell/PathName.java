package io.governor.shell;

/**
 * One name of a path as a shell's pattern (POSIX.1-2017, 2.13), read generously: a bracket
 * expression is any character, and braces that were not expanded are any text.
 */
final class PathName {

  private PathName() {}

  /** Whether a path begins at the root, or where only a running shell knows. */
  static boolean beginsAnywhere(String path) {
    return path.startsWith("/") || (!path.isEmpty() && isUnknown(path.charAt(0)));
  }

  /** Whether it stands for itself. */
  static boolean isFixed(String name) {
    boolean pattern = name.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
    return !pattern && !hasGap(name) && alternativesEnd(name, name.indexOf('{')) < 0;
  }

  /** Where braces with alternatives or a sequence end that begin there, or -1. */
  private static int alternativesEnd(String name, int open) {
    int close = open < 0 ? -1 : name.lastIndexOf('}');
    int comma = open < 0 ? -1 : name.indexOf(',', open);
    int dots = open < 0 ? -1 : name.indexOf("..", open);
    boolean some = (comma > 0 && comma < close) || (dots > 0 && dots < close);
    return some ? close + 1 : -1;
  }

  /** Whether some of it is only known to a running shell. */
  static boolean hasGap(String name) {
    return !Unknown.isKnown(name);
  }

  /** Whether nothing of it is known. */
  static boolean isGap(String name) {
    return hasGap(name) && name.chars().allMatch(c -> isUnknown((char) c) || isExtension((char) c));
  }

  /** Whether it holds something that a name is known by. */
  static boolean saysSomething(String name) {
    return name.chars().anyMatch(Character::isLetterOrDigit);
  }

  private static boolean isUnknown(char c) {
    return c == Unknown.VALUE || c == Unknown.INPUT || c == Unknown.TEMPORARY;
  }

  private static boolean isExtension(char c) {
    return "?*+@!".indexOf(c) >= 0;
  }

  /**
   * Whether the pattern matches; time is at most the product of the lengths.
   *
   * @param dots whether a pattern matches a dot at the beginning
   */
  static boolean matches(String pattern, String name, boolean dots) {
    boolean wild = !pattern.isEmpty() && "*?[".indexOf(pattern.charAt(0)) >= 0;
    if (wild && !dots && name.startsWith(".") && !hasGap(pattern)) {
      return false;
    }
    int at = 0;
    int in = 0;
    int back = -1;
    int from = 0;
    while (in < name.length()) {
      int any = anyEnd(pattern, at);
      if (any > at) {
        back = any;
        at = any;
        from = in;
      } else if (at < pattern.length() && isOne(pattern.charAt(at), name.charAt(in))) {
        at = oneEnd(pattern, at);
        in++;
      } else if (back >= 0) {
        at = back;
        in = ++from;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && anyEnd(pattern, at) > at) {
      at = anyEnd(pattern, at);
    }
    return at == pattern.length();
  }

  private static boolean isOne(char pattern, char c) {
    return pattern == '?' || pattern == '[' || pattern == c;
  }

  private static int oneEnd(String pattern, int at) {
    int close = pattern.charAt(at) == '[' ? pattern.indexOf(']', at + 2) : -1;
    while (close >= 0 && pattern.startsWith(":]", close - 1)) {
      close = pattern.indexOf(']', close + 1);
    }
    return close < 0 ? at + 1 : close + 1;
  }

  /** Where the pattern goes on behind what stands for any text here; here when nothing does. */
  private static int anyEnd(String pattern, int at) {
    if (at >= pattern.length()) {
      return at;
    }
    char c = pattern.charAt(at);
    if (isUnknown(c) || c == '*') {
      return at + 1;
    }
    boolean extension = at + 1 < pattern.length() && isUnknown(pattern.charAt(at + 1));
    if (isExtension(c) && extension) {
      return at + 2;
    }
    return c == '{' ? Math.max(at, alternativesEnd(pattern, at)) : at;
  }
}
