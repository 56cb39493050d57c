package io.governor.detect;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells what stands where a secret will go from the secret: {@code ${VAR}}, {@code <your-key>},
 * {@code xxxx}, {@code changeme}, a call or a reference in code. Pure functions.
 */
final class Placeholders {

  private static final int LEAST_DISTINCT = 4;

  /** What is longer was not written by hand. */
  private static final int MAX_LENGTH = 128;

  /** Whole values that are no secret, in lower case. */
  private static final Set<String> VALUES =
      Set.of(
          "changeme",
          "change_me",
          "change-me",
          "changeit",
          "placeholder",
          "example",
          "sample",
          "dummy",
          "redacted",
          "removed",
          "hidden",
          "masked",
          "secret",
          "password",
          "passwd",
          "passphrase",
          "token",
          "apikey",
          "api_key",
          "api-key",
          "username",
          "user",
          "string",
          "number",
          "boolean",
          "object",
          "null",
          "none",
          "nil",
          "undefined",
          "true",
          "false",
          "default",
          "required",
          "optional",
          "todo",
          "fixme",
          "test",
          "testing",
          "test123",
          "value",
          "unknown",
          "empty",
          "notset",
          "not_set",
          "unset",
          "insert",
          "yourpassword",
          "mypassword",
          "private",
          "public",
          "credential",
          "credentials",
          "bearer",
          "basic");

  /** What placeholders contain, in lower case. */
  private static final List<String> PARTS =
      List.of(
          "your",
          "<",
          ">",
          "${",
          "{{",
          "}}",
          "$(",
          "%(",
          "#{",
          "changeme",
          "change_me",
          "change-me",
          "placeholder",
          "example",
          "xxxx",
          "****",
          "....",
          "____",
          "redacted",
          "insert",
          "replace",
          "goes-here",
          "goes_here",
          "goeshere",
          "abcdefghijkl");

  private Placeholders() {}

  static boolean is(String value) {
    if (value.length() > MAX_LENGTH) {
      return Likelihood.distinct(value) < LEAST_DISTINCT;
    }
    String folded = value.toLowerCase(Locale.ROOT);
    return VALUES.contains(folded)
        || isVariable(folded)
        || Likelihood.distinct(folded) < LEAST_DISTINCT
        || PARTS.stream().anyMatch(folded::contains);
  }

  /** {@code $NAME}, {@code %NAME%}, {@code @name@}, {@code :name}. */
  private static boolean isVariable(String value) {
    char first = value.isEmpty() ? '\0' : value.charAt(0);
    String rest = value.isEmpty() ? "" : value.substring(1);
    boolean wrapped = rest.length() > 1 && rest.charAt(rest.length() - 1) == first;
    boolean named = isName(wrapped ? rest.substring(0, rest.length() - 1) : rest);
    return named && (first == '$' || ((first == '%' || first == '@') && wrapped) || first == ':');
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && !Characters.isDigit(text.charAt(0))
        && text.chars().allMatch(c -> Characters.isWord((char) c));
  }
}
