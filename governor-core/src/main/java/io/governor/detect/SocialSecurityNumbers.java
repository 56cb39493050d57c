package io.governor.detect;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Recognises Social Security numbers of the United States: three, two and four digits with the same
 * separator, or nine digits where the text says what they are. Area 000, 666 and 900 to 999, group
 * 00 and serial 0000 are never assigned (Social Security Administration, "SSN randomization
 * frequently asked questions"), and two numbers became known through advertisements.
 */
final class SocialSecurityNumbers implements Recognizer {

  private static final int LENGTH = 11;
  private static final int DIGITS = 9;
  private static final int CONTEXT = 48;
  private static final List<String> LITERALS =
      Stream.concat(Digits.LITERALS.stream(), Stream.of("ssn", "social")).toList();
  private static final List<String> NAMES = List.of("ssn", "social security", "social_security");

  @Override
  public String name() {
    return "us_ssn";
  }

  @Override
  public DetectorFamily family() {
    return DetectorFamily.PERSONAL;
  }

  @Override
  public List<String> literals() {
    return LITERALS;
  }

  @Override
  public void look(String text, int from, int to, Spans found) {
    int first = Digits.run(text, from, DIGITS + 1);
    if (first == 3 && isGrouped(text, from)) {
      addIfAssigned(text, from, from + LENGTH, found);
    } else if (first == DIGITS && isNamed(text.substring(Math.max(0, from - CONTEXT), from))) {
      addIfAssigned(text, from, from + DIGITS, found);
    }
  }

  @Override
  public void lookAtMember(String memberName, String value, Spans found) {
    if (value.length() == DIGITS && Digits.run(value, 0, DIGITS) == DIGITS && isNamed(memberName)) {
      addIfAssigned(value, 0, DIGITS, found);
    }
  }

  private static boolean isGrouped(String text, int from) {
    char separator = Characters.at(text, from + 3);
    return (separator == '-' || separator == ' ' || separator == '.')
        && Digits.run(text, from + 4, 3) == 2
        && Characters.at(text, from + 6) == separator
        && Digits.run(text, from + 7, 5) == 4;
  }

  private static boolean isNamed(String context) {
    String folded = context.toLowerCase(Locale.ROOT);
    return NAMES.stream().anyMatch(folded::contains);
  }

  private static void addIfAssigned(String text, int start, int end, Spans found) {
    StringBuilder digits = new StringBuilder(DIGITS);
    for (int i = start; i < end; i++) {
      if (Characters.isDigit(text.charAt(i))) {
        digits.append(text.charAt(i));
      }
    }
    if (isAssigned(digits.toString()) && Digits.standsAlone(text, start, end)) {
      found.add(start, end);
    }
  }

  private static boolean isAssigned(String digits) {
    String area = digits.substring(0, 3);
    return !area.equals("000")
        && !area.equals("666")
        && area.charAt(0) != '9'
        && !digits.startsWith("00", 3)
        && !digits.endsWith("0000")
        && !digits.equals("078051120")
        && !digits.equals("219099999")
        && Likelihood.distinct(digits) > 1;
  }
}
