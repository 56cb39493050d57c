package io.governor;

import org.jspecify.annotations.Nullable;

/**
 * The name of a rule. Ids can leave the machine as keys of counts, so their form is closed: two to
 * eight capitals or digits starting with a capital, a dash, three to six digits, such as {@code
 * POL-001}. Immutable; compared as text.
 *
 * @param value the id as written
 */
public record RuleId(String value) implements Comparable<RuleId> {

  /**
   * @throws IllegalArgumentException if the text does not have the form of a rule id
   */
  public RuleId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "not a rule id: expected two to eight capitals or digits starting with a capital, a dash, three to six digits,"
              + " such as ACME-101");
    }
  }

  public static RuleId of(String value) {
    return new RuleId(value);
  }

  /** Whether the text has the form of a rule id. */
  public static boolean isWellFormed(String text) {
    int dash = text.indexOf('-');
    return dash >= 2
        && dash <= 8
        && isCapital(text.charAt(0))
        && allCapitalsOrDigits(text, dash)
        && isSerial(text, dash + 1);
  }

  private static boolean allCapitalsOrDigits(String text, int end) {
    for (int i = 1; i < end; i++) {
      if (!isCapital(text.charAt(i)) && !isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSerial(String text, int from) {
    int digits = text.length() - from;
    for (int i = from; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return digits >= 3 && digits <= 6;
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  // Written out, as are those of the other records a hook compares: Java makes up a record's own
  // when they are first used, which costs a process that lives for one hook milliseconds each.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RuleId id && value.equals(id.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(RuleId other) {
    return value.compareTo(other.value);
  }

  /** Whether the id is one of the standard rules' (POL) or of the governor's own (GOV). */
  boolean isReserved() {
    return value.startsWith("POL-") || value.startsWith("GOV-");
  }

  @Override
  public String toString() {
    return value;
  }
}
