package io.governor.detect;

import java.util.Base64;
import java.util.Locale;

/** What a row of the token formats may ask of a match besides its shape. */
enum TokenCheck {

  /** A letter and a digit: a name in a program seldom has both in the place of a token. */
  MIXED,

  /** Capitals and small letters. */
  BOTH_CASES,

  /** At least 3 bits a character. */
  RANDOM,

  /** The mark in the middle of keys of OpenAI. */
  OPENAI_MARK,

  /** Its part before the first dot is a decimal number in Base64, as in Discord's bot tokens. */
  NUMBER_IN_BASE64;

  /** Asks about a whole token, and what of it comes after the literal. */
  boolean holds(String whole, String rest) {
    return switch (this) {
      case MIXED -> Likelihood.hasLetter(rest) && Likelihood.hasDigit(rest);
      case BOTH_CASES -> Likelihood.hasBothCases(rest);
      case RANDOM -> Likelihood.entropy(rest) >= 3.0;
      case OPENAI_MARK -> rest.contains("T3BlbkFJ");
      case NUMBER_IN_BASE64 -> isNumberInBase64(whole.substring(0, whole.indexOf('.')));
    };
  }

  static TokenCheck named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static boolean isNumberInBase64(String text) {
    try {
      byte[] decoded = Base64.getUrlDecoder().decode(text);
      for (byte b : decoded) {
        if (b < '0' || b > '9') {
          return false;
        }
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
