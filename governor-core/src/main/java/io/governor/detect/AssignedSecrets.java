package io.governor.detect;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recognises values of whatever shape that are given to a name such as {@code password} or {@code
 * api_key}, in code, JSON, YAML, shell or a header. The name must end in the telling word, or in it
 * and a word that changes nothing ({@code token_value}, not {@code token_count}); the value must
 * not be a placeholder or a reference, and must look drawn at random unless it is called a
 * password.
 */
final class AssignedSecrets implements Recognizer {

  private static final CharacterSet KEY_CHARACTERS =
      CharacterSet.alphanumericsAnd("_-.=+/~:!@#%^*$?&,;");
  private static final int MAX_VALUE = 512;
  private static final int LEAST_PASSWORD = 6;
  private static final int LEAST_KEY = 8;

  /** Whatever people choose may be a secret under these names. */
  private static final List<String> PASSWORDS =
      List.of("password", "passwd", "passphrase", "passwort", "pwd");

  /** Values under these names are made by machines. */
  private static final List<String> KEYS =
      List.of(
          "secret",
          "token",
          "apikey",
          "api_key",
          "api-key",
          "api key",
          "accesskey",
          "access_key",
          "access-key",
          "secretkey",
          "secret_key",
          "privatekey",
          "private_key",
          "private-key",
          "encryption_key",
          "encryptionkey",
          "signing_key",
          "signingkey",
          "auth_key",
          "authkey",
          "accountkey",
          "account_key",
          "license_key",
          "authorization",
          "credential",
          "credentials");

  /** What may follow in the name and change nothing. */
  private static final Set<String> NEUTRAL =
      Set.of(
          "",
          "s",
          "key",
          "token",
          "secret",
          "value",
          "val",
          "string",
          "str",
          "text",
          "plain",
          "raw",
          "prod",
          "production",
          "dev",
          "test",
          "live",
          "staging",
          "base64",
          "b64",
          "old",
          "new",
          "env",
          "default",
          "data",
          "header");

  @Override
  public String name() {
    return "assigned_secret";
  }

  @Override
  public DetectorFamily family() {
    return DetectorFamily.SECRET;
  }

  @Override
  public List<String> literals() {
    return Stream.concat(PASSWORDS.stream(), KEYS.stream()).toList();
  }

  @Override
  public void look(String text, int from, int to, Spans found) {
    Assignment value = Assignment.after(text, from, to);
    if (value == null || !isNeutral(value.nameEnd())) {
      return;
    }
    boolean password = PASSWORDS.contains(text.substring(from, to).toLowerCase(Locale.ROOT));
    if (isSecret(value.text(), password, value.quoted())) {
      found.add(value.start(), value.end());
    }
  }

  @Override
  public void lookAtMember(String memberName, String value, Spans found) {
    String word = telling(memberName);
    if (word == null || value.length() > MAX_VALUE) {
      return;
    }
    int start = afterScheme(value);
    if (isSecret(value.substring(start), PASSWORDS.contains(word), true)) {
      found.add(start, value.length());
    }
  }

  private static int afterScheme(String value) {
    int space = value.indexOf(' ');
    boolean scheme = space > 0 && Assignment.isScheme(value.substring(0, space));
    return scheme ? space + 1 : 0;
  }

  /** The telling word that a member's name ends in, a neutral word after it or not. */
  private static @Nullable String telling(String memberName) {
    if (memberName.length() > 128) {
      return null;
    }
    String folded = memberName.toLowerCase(Locale.ROOT);
    String password = telling(folded, PASSWORDS);
    return password != null ? password : telling(folded, KEYS);
  }

  private static @Nullable String telling(String name, List<String> words) {
    for (String word : words) {
      int at = name.lastIndexOf(word);
      if (at >= 0 && isNeutral(name.substring(at + word.length()))) {
        return word;
      }
    }
    return null;
  }

  private static boolean isNeutral(String nameEnd) {
    String folded = nameEnd.toLowerCase(Locale.ROOT);
    int start = 0;
    int end = folded.length();
    while (start < end && isSeparator(folded.charAt(start))) {
      start++;
    }
    while (end > start
        && (isSeparator(folded.charAt(end - 1)) || Characters.isDigit(folded.charAt(end - 1)))) {
      end--;
    }
    return NEUTRAL.contains(folded.substring(start, end))
        || NEUTRAL.contains(folded.substring(start));
  }

  private static boolean isSeparator(char c) {
    return c == '_' || c == '-';
  }

  private static boolean isSecret(String value, boolean password, boolean quoted) {
    boolean likely = password ? isPassword(value, quoted) : isKey(value);
    return likely && !hasControlOrSpace(value) && !Placeholders.is(value);
  }

  private static boolean hasControlOrSpace(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) <= ' ') {
        return true;
      }
    }
    return false;
  }

  private static boolean isPassword(String value, boolean quoted) {
    if (value.length() < LEAST_PASSWORD || isReference(value)) {
      return false;
    }
    boolean mixed =
        Likelihood.hasLetter(value)
            && (Likelihood.hasDigit(value) || Likelihood.hasSymbol(value))
            && (quoted || Likelihood.hasDigit(value));
    return mixed || (quoted && Likelihood.entropy(value) >= 3.0);
  }

  private static boolean isKey(String value) {
    if (value.length() < LEAST_KEY || isReference(value) || !isOfKeyCharacters(value)) {
      return false;
    }
    boolean mixed = Likelihood.hasLetter(value) && Likelihood.hasDigit(value);
    double least = value.length() < 24 ? 2.75 : 3.0;
    return (mixed || (value.length() >= 24 && Likelihood.changes(value) >= 6))
        && Likelihood.entropy(value) >= least;
  }

  /** Keys are written without quotes, brackets and other signs of a program. */
  private static boolean isOfKeyCharacters(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!KEY_CHARACTERS.has(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** A path, an address, a member of something, or several words: {@code user.password}. */
  private static boolean isReference(String value) {
    if (value.startsWith("/") || value.startsWith("./") || value.contains("://")) {
      return true;
    }
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      if ("._-".indexOf(value.charAt(i)) >= 0) {
        if (!isName(value, from, i)) {
          return false;
        }
        from = i + 1;
      }
    }
    return from > 1 && isName(value, from, value.length());
  }

  /** Letters, and at most two digits after them: {@code key1}. */
  private static boolean isName(String value, int from, int to) {
    int end = to;
    while (end > from && to - end < 2 && Characters.isDigit(value.charAt(end - 1))) {
      end--;
    }
    for (int i = from; i < end; i++) {
      if (!Characters.isLetter(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
