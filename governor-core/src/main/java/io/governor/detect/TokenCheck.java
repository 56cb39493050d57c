package io.governor.detect;

import java.util.Base64;
import java.util.Locale;
import java.util.function.BiPredicate;

/** What a row of the token formats may ask of a match besides its shape. */
enum TokenCheck {

  /** A letter and a digit: a name in a program seldom has both in the place of a token. */
  MIXED((whole, rest) -> Likelihood.hasLetter(rest) && Likelihood.hasDigit(rest)),

  /** Capitals and small letters. */
  BOTH_CASES((whole, rest) -> Likelihood.hasBothCases(rest)),

  /** At least 3 bits a character. */
  RANDOM((whole, rest) -> Likelihood.entropy(rest) >= 3.0),

  /** The mark in the middle of keys of OpenAI. */
  OPENAI_MARK((whole, rest) -> rest.contains("T3BlbkFJ")),

  /** Its part before the first dot is a decimal number in Base64, as in Discord's bot tokens. */
  NUMBER_IN_BASE64((whole, rest) -> isNumberInBase64(whole.substring(0, whole.indexOf('.'))));

  @SuppressWarnings("ImmutableEnumChecker") // the constants' functions capture nothing
  private final BiPredicate<String, String> holds;

  TokenCheck(BiPredicate<String, String> holds) {
    this.holds = holds;
  }

  /** Asks about a whole token, and what of it comes after the literal. */
  boolean holds(String whole, String rest) {
    return holds.test(whole, rest);
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
