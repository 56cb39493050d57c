package io.governor.shell;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides how names are written. What stands in the tables is written as it is; any other word
 * comes from the user and passes a filter, whole, before it is cut, for half a secret is one that
 * no filter finds (execution record, section 8.1).
 */
final class Wording {
  private static final int MAX_CHARACTERS = 64;

  private final UnaryOperator<String> filter;

  /**
   * @param filter how a word that no table lists is written; must be safe to share between threads
   *     and must not throw
   */
  Wording(UnaryOperator<String> filter) {
    this.filter = filter;
  }

  /** How an executable is written that no table lists. */
  String unlisted(String word) {
    return cut(filter.apply(word));
  }

  /** How a sub-command is written, or null where there is none; cut as a whole. */
  @Nullable String subcommand(Outcome outcome) {
    List<String> words = outcome.subcommand();
    if (words.isEmpty()) {
      return null;
    }
    StringBuilder written = new StringBuilder();
    for (int i = 0; i < words.size() && written.length() <= 2 * MAX_CHARACTERS; i++) {
      String word = words.get(i);
      written
          .append(i == 0 ? "" : " ")
          .append(outcome.listed().test(word) ? word : filter.apply(word));
    }
    return cut(written.toString());
  }

  /** Cuts by characters as a reader counts them, so that no surrogate pair is torn. */
  private static String cut(String word) {
    boolean fits = word.codePointCount(0, word.length()) <= MAX_CHARACTERS;
    return fits ? word : word.substring(0, word.offsetByCodePoints(0, MAX_CHARACTERS));
  }
}
