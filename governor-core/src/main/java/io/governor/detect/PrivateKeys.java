package io.governor.detect;

import java.util.List;

/**
 * Recognises private keys in textual encodings: PEM (RFC 7468, RFC 1421), OpenSSH's own and OpenPGP
 * armor (RFC 9580, section 6.2), whatever joins their lines. A key that is cut off counts too, from
 * so many characters of its body on that the heading alone, as prose mentions it, does not.
 */
final class PrivateKeys implements Recognizer {

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  /** Base64, headings such as {@code Proc-Type: 4,ENCRYPTED}, and what joins lines in code. */
  private static final CharacterSet BODY =
      CharacterSet.alphanumericsAnd(" \t\r\n+/=-:,.\\\"'()_>|#*;");

  private static final int MAX_LABEL = 48;
  private static final int MAX_BODY = 64 * 1024;
  private static final int LEAST_BODY = 32;

  @Override
  public String name() {
    return "private_key";
  }

  @Override
  public DetectorFamily family() {
    return DetectorFamily.SECRET;
  }

  @Override
  public List<String> literals() {
    return List.of(BEGIN);
  }

  @Override
  public void look(String text, int from, int to, Spans found) {
    int labelEnd = labelEnd(text, to);
    if (labelEnd < 0) {
      return;
    }
    int bodyStart = labelEnd + DASHES.length();
    int bodyEnd = bodyEnd(text, bodyStart);
    if (lettersAndDigits(text, bodyStart, bodyEnd) >= LEAST_BODY) {
      found.add(from, afterFooter(text, bodyEnd));
    }
  }

  private static int labelEnd(String text, int from) {
    int at = from;
    while (at - from <= MAX_LABEL && isLabel(Characters.at(text, at))) {
      at++;
    }
    String label = text.substring(from, Math.min(at, text.length()));
    boolean isKey = label.endsWith("PRIVATE KEY") || label.endsWith("PRIVATE KEY BLOCK");
    return isKey && text.startsWith(DASHES, at) ? at : -1;
  }

  private static boolean isLabel(char c) {
    return Characters.isUpper(c) || Characters.isDigit(c) || c == ' ';
  }

  /** Where the next dashes are, or where what may stand in a body ends. */
  private static int bodyEnd(String text, int from) {
    int stop = Math.min(text.length(), from + MAX_BODY);
    int at = from;
    while (at < stop && BODY.has(text.charAt(at)) && !text.startsWith(DASHES, at)) {
      at++;
    }
    return at;
  }

  private static int lettersAndDigits(String text, int from, int to) {
    int count = 0;
    for (int i = from; i < to && count < LEAST_BODY; i++) {
      count += Characters.isAlphanumeric(text.charAt(i)) ? 1 : 0;
    }
    return count;
  }

  private static int afterFooter(String text, int bodyEnd) {
    if (text.startsWith(DASHES + "END ", bodyEnd)) {
      int labelEnd = labelEnd(text, bodyEnd + DASHES.length() + 4);
      return labelEnd < 0 ? bodyEnd : labelEnd + DASHES.length();
    }
    int end = bodyEnd;
    while (!Characters.isAlphanumeric(text.charAt(end - 1)) && text.charAt(end - 1) != '=') {
      end--;
    }
    return end;
  }
}
