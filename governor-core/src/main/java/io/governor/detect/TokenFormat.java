package io.governor.detect;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the tokens of one row of the token formats that begin with, or contain, a literal.
 *
 * @param literals compared exactly, although they are found in any case
 * @param before the shape of what precedes the literal, if anything does
 * @param shape the shape of what follows it
 */
record TokenFormat(
    String name,
    DetectorFamily family,
    List<String> literals,
    @Nullable TokenShape before,
    TokenShape shape,
    List<TokenCheck> checks)
    implements Recognizer {

  /** Fewer different characters than this are a drawing of a token, not a token. */
  private static final int LEAST_DISTINCT = 6;

  @Override
  public void look(String text, int from, int to, Spans found) {
    int start = start(text, from, to);
    int end = start < 0 ? -1 : shape.matchEnd(text, to);
    if (end > 0 && isToken(text.substring(start, end), text.substring(to, end))) {
      found.add(start, end);
    }
  }

  private int start(String text, int from, int to) {
    if (!isOurs(text, from, to)) {
      return -1;
    }
    if (before != null) {
      return before.matchStart(text, from);
    }
    return Characters.startsWord(text, from) ? from : -1;
  }

  private boolean isOurs(String text, int from, int to) {
    for (String literal : literals) {
      if (literal.length() == to - from && text.startsWith(literal, from)) {
        return true;
      }
    }
    return false;
  }

  private boolean isToken(String whole, String rest) {
    return Likelihood.distinct(rest) >= LEAST_DISTINCT
        && checks.stream().allMatch(check -> check.holds(whole, rest))
        && !isDrawn(whole.toLowerCase(Locale.ROOT));
  }

  private static boolean isDrawn(String token) {
    return token.endsWith("example") || token.contains("xxxxx") || token.contains("abcdefghijkl");
  }

  /** The detector's name only. */
  @Override
  public String toString() {
    return name;
  }
}
