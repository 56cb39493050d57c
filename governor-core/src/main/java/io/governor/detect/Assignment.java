package io.governor.detect;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The value that a text gives to a name: {@code name = value}, {@code "name": "value"}, {@code
 * NAME=value}, {@code --name value}, {@code <name>value</name>}, {@code set("name", "value")}, in
 * whatever language. It reads a bounded stretch after the name and does not know the language; it
 * knows quotes, the usual signs between a name and its value, and where an unquoted value ends.
 *
 * @param nameEnd what of the name follows the literal that was found
 * @param text the value
 * @param start where the value begins
 * @param quoted whether it stands in quotes, or between tags
 */
record Assignment(String nameEnd, String text, int start, boolean quoted) {

  private static final Set<String> SCHEMES = Set.of("bearer", "basic", "token", "apikey");

  int end() {
    return start + text.length();
  }

  /** Where the literal {@code [from, to)} is or ends a name: the name's value, or null. */
  static @Nullable Assignment after(String text, int from, int to) {
    return new AssignmentReader(text, from, to).read();
  }

  /** Whether a word announces a credential in a header. */
  static boolean isScheme(String word) {
    return SCHEMES.contains(word.toLowerCase(Locale.ROOT));
  }

  /** The sizes, not the value. */
  @Override
  public String toString() {
    return "a value of " + text.length() + " characters";
  }
}
