package io.governor.detect;

import java.util.List;

/**
 * Recognises international bank account numbers (ISO 13616): country, check digits modulo 97, the
 * length that the country registered with SWIFT; in one piece or in groups of four with spaces or
 * dashes, in capitals.
 */
final class Ibans implements Recognizer {

  /** Country and length, from SWIFT's IBAN registry. */
  private static final String LENGTHS =
      "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
          + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28"
          + " HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21"
          + " LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29"
          + " PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23"
          + " TN24 TR26 UA29 VA22 VG24 XK20 YE30";

  private static final byte[] LENGTH = lengths();
  private static final int GROUP = 4;
  private static final int MODULUS = 97;

  @Override
  public String name() {
    return "iban_code";
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
    int start = from - 2;
    int length = length(Characters.at(text, start), Characters.at(text, start + 1));
    if (length == 0 || !Characters.startsWord(text, start)) {
      return;
    }
    int end = end(text, start, length);
    if (end > 0 && !Characters.isWord(Characters.at(text, end)) && checks(text, start, end)) {
      found.add(start, end);
    }
  }

  private static int end(String text, int start, int length) {
    char separator = Characters.at(text, start + GROUP);
    boolean grouped = separator == ' ' || separator == '-';
    int at = start;
    for (int taken = 0; taken < length; taken++) {
      if (grouped && taken > 0 && taken % GROUP == 0 && Characters.at(text, at++) != separator) {
        return -1;
      }
      char c = Characters.at(text, at++);
      if (!Characters.isUpper(c) && !Characters.isDigit(c)) {
        return -1;
      }
    }
    return at;
  }

  private static boolean checks(String text, int start, int end) {
    if (!Characters.isDigit(text.charAt(start + 3))) {
      return false;
    }
    int rest = remainder(text, start + GROUP, end, 0);
    return remainder(text, start, start + GROUP, rest) == 1;
  }

  private static int remainder(String text, int from, int to, int before) {
    int rest = before;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (Characters.isDigit(c)) {
        rest = (rest * 10 + c - '0') % MODULUS;
      } else if (Characters.isUpper(c)) {
        rest = (rest * 100 + c - 'A' + 10) % MODULUS;
      }
    }
    return rest;
  }

  private static int length(char first, char second) {
    boolean letters = Characters.isUpper(first) && Characters.isUpper(second);
    return letters ? LENGTH[(first - 'A') * 26 + second - 'A'] : 0;
  }

  private static byte[] lengths() {
    byte[] lengths = new byte[26 * 26];
    for (String row : LENGTHS.split(" ", -1)) {
      int index = (row.charAt(0) - 'A') * 26 + row.charAt(1) - 'A';
      lengths[index] = Byte.parseByte(row.substring(2));
    }
    return lengths;
  }
}
