package io.governor.policy;

import java.util.List;

/** What comparisons say about the characters of a text. Stateless. */
final class TextShape {

  private static final String MEANS_MORE = ".+*?()|[]{}^$";
  private static final String REPEATS = "*?{";

  private TextShape() {}

  /** Every text that satisfies the comparison, and perhaps more; empty where that is not known. */
  static List<Wildcard> around(Comparison comparison, Effort effort) {
    List<Wildcard> exact = of(comparison, effort);
    return exact.isEmpty() && comparison instanceof Comparison.Matches matches
        ? beginning(matches.pattern())
        : exact;
  }

  /** The texts that satisfy the comparison; empty where that is not known. */
  static List<Wildcard> of(Comparison comparison, Effort effort) {
    if (comparison instanceof Comparison.StartsWith start) {
      return List.of(Wildcard.beginningWith(start.prefix()));
    }
    if (comparison instanceof Comparison.Contains part) {
      return List.of(Wildcard.with(part.text()));
    }
    if (comparison instanceof Comparison.MatchesGlob glob) {
      return effort.glob(glob.glob());
    }
    if (comparison instanceof Comparison.Matches matches) {
      Beginning literal = literal(matches.pattern());
      return literal.end() == matches.pattern().length()
          ? List.of(Wildcard.with(literal.text()))
          : List.of();
    }
    return List.of();
  }

  /** Of a pattern that is tied to the beginning and has no alternatives. */
  private static List<Wildcard> beginning(String pattern) {
    return pattern.startsWith("^") && pattern.indexOf('|') < 0
        ? List.of(Wildcard.beginningWith(literal(pattern.substring(1)).text()))
        : List.of();
  }

  /** Characters that stand for themselves, once each, and where in the pattern they end. */
  private record Beginning(String text, int end) {}

  private static Beginning literal(String pattern) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      boolean escaped = pattern.charAt(at) == '\\' && at + 1 < pattern.length();
      int c = pattern.codePointAt(escaped ? at + 1 : at);
      int next = at + (escaped ? 1 : 0) + Character.charCount(c);
      boolean repeated = next < pattern.length() && REPEATS.indexOf(pattern.charAt(next)) >= 0;
      if (repeated || !isItself(c, escaped)) {
        break;
      }
      text.appendCodePoint(c);
      at = next;
    }
    return new Beginning(text.toString(), at);
  }

  /** Escaped letters and digits are classes, anchors and the like. */
  private static boolean isItself(int c, boolean escaped) {
    return escaped
        ? c < 0x80 && !Character.isLetterOrDigit(c)
        : c != '\\' && MEANS_MORE.indexOf(c) < 0;
  }
}
