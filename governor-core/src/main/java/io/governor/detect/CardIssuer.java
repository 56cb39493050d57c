package io.governor.detect;

/**
 * The ranges of card numbers that the large networks issue, and the lengths they use, as the
 * networks publish them for merchants and acquirers (issuer identification numbers of ISO/IEC
 * 7812).
 */
enum CardIssuer {
  AMERICAN_EXPRESS("34,37", 15, 15),
  DINERS_CLUB("300-305,309,36,38-39", 14, 19),
  DISCOVER("6011,644-649,65", 16, 19),
  JCB("3528-3589", 16, 19),
  MAESTRO("5018,5020,5038,5893,6304,6759,6761-6763", 12, 19),
  MASTERCARD("51-55,2221-2720", 16, 16),
  MIR("2200-2204", 16, 19),
  DANKORT("5019,4571", 16, 16),
  RUPAY("60,81-82,508", 16, 16),
  UATP("1", 15, 15),
  UNION_PAY("62", 16, 19),
  VISA_OLD("4", 13, 13),
  VISA("4", 16, 16),
  VISA_LONG("4", 19, 19);

  private final String ranges;
  private final int least;
  private final int most;

  CardIssuer(String ranges, int least, int most) {
    this.ranges = ranges;
    this.least = least;
    this.most = most;
  }

  /** Whether one of them issues numbers like this. */
  static boolean anyIssues(CharSequence digits) {
    for (CardIssuer issuer : values()) {
      if (digits.length() >= issuer.least && digits.length() <= issuer.most && issuer.has(digits)) {
        return true;
      }
    }
    return false;
  }

  private boolean has(CharSequence digits) {
    for (String range : ranges.split(",", -1)) {
      int dash = range.indexOf('-');
      int length = dash < 0 ? range.length() : dash;
      String prefix = digits.subSequence(0, length).toString();
      String first = range.substring(0, length);
      String last = dash < 0 ? first : range.substring(dash + 1);
      if (prefix.compareTo(first) >= 0 && prefix.compareTo(last) <= 0) {
        return true;
      }
    }
    return false;
  }
}
