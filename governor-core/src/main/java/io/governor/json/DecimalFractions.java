package io.governor.json;

/**
 * Tells whether the fractions in a JSON text are what a tree of doubles makes of them. Any decimal
 * of 15 digits survives the way into a normal double and back, so no two of those are taken for
 * one; longer, larger and smaller ones may be. Any thread may use it.
 */
public final class DecimalFractions {

  private static final int SAFE_DIGITS = 15;

  private final String json;
  private int at;

  private DecimalFractions(String json) {
    this.json = json;
  }

  /**
   * Whether no fraction in the text loses anything; linear in its length.
   *
   * @param json well-formed JSON
   */
  public static boolean survive(String json) {
    return new DecimalFractions(json).survive();
  }

  private boolean survive() {
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '"') {
        skipString();
      } else if (c >= '0' && c <= '9') {
        if (!survives(number())) {
          return false;
        }
      } else {
        at++;
      }
    }
    return true;
  }

  private void skipString() {
    at++;
    while (json.charAt(at) != '"') {
      at += json.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private String number() {
    int start = at;
    while (at < json.length() && "0123456789+-.eE".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
    return json.substring(start, at);
  }

  private static boolean survives(String number) {
    if (number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return true;
    }
    int digits = 0;
    for (int i = 0; i < number.length() && "eE".indexOf(number.charAt(i)) < 0; i++) {
      boolean digit = number.charAt(i) != '.' && (digits > 0 || number.charAt(i) != '0');
      digits += digit ? 1 : 0;
    }
    if (digits == 0) {
      return true;
    }
    double value = digits > SAFE_DIGITS ? 0 : Double.parseDouble(number);
    return value >= Double.MIN_NORMAL && value <= Double.MAX_VALUE;
  }
}
