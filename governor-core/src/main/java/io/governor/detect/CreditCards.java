package io.governor.detect;

import java.util.List;

/**
 * Recognises payment card numbers: 12 to 19 digits, plain or grouped as they are printed, in a
 * range that an issuer uses and with the check digit of ISO/IEC 7812-1 (Luhn). A time in
 * milliseconds has 13 digits and begins with 1, which no card of that length does.
 */
final class CreditCards implements Recognizer {

  private static final int LEAST = 12;
  private static final int MOST = 19;
  private static final int GROUP = 4;

  @Override
  public String name() {
    return "credit_card";
  }

  @Override
  public DetectorFamily family() {
    return DetectorFamily.PERSONAL;
  }

  @Override
  public List<String> literals() {
    return Digits.LITERALS;
  }

  @Override
  public void look(String text, int from, int to, Spans found) {
    int first = Digits.run(text, from, MOST + 1);
    if (first >= LEAST) {
      addIfCard(text, from, from + first, found);
    } else if (first == GROUP) {
      lookAtGroups(text, from, found);
    }
  }

  /** 4-4-4-4 and longer, or 4-6-5 and 4-6-4 as American Express and Diners Club print it. */
  private static void lookAtGroups(String text, int from, Spans found) {
    char separator = Characters.at(text, from + GROUP);
    if (separator != ' ' && separator != '-') {
      return;
    }
    int at = from + GROUP;
    int digits = GROUP;
    while (digits < MOST && Characters.at(text, at) == separator) {
      int group = Digits.run(text, at + 1, MOST);
      boolean fits = group == GROUP || (group == 6 && digits == GROUP) || digits >= LEAST - GROUP;
      if (group == 0 || !fits || digits + group > MOST) {
        break;
      }
      at += 1 + group;
      digits += group;
      if (digits >= LEAST && addIfCard(text, from, at, found)) {
        return;
      }
    }
  }

  private static boolean addIfCard(String text, int start, int end, Spans found) {
    StringBuilder digits = new StringBuilder(MOST);
    for (int i = start; i < end; i++) {
      if (Characters.isDigit(text.charAt(i))) {
        digits.append(text.charAt(i));
      }
    }
    boolean card =
        digits.length() <= MOST
            && luhn(digits)
            && CardIssuer.anyIssues(digits)
            && Digits.standsAlone(text, start, end);
    if (card) {
      found.add(start, end);
    }
    return card;
  }

  private static boolean luhn(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : digit * 2;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }
}
