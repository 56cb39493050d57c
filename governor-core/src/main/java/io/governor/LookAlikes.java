package io.governor;

/**
 * Maps the letters of other scripts that look like Latin ones to those, and leaves out what cannot
 * be seen. The pairs are the single-letter lower- and upper-case confusables of Greek and Cyrillic
 * in Unicode Technical Standard 39; what is missing here costs a deny entry its match on the
 * look-alike, never an allow entry its strictness.
 */
final class LookAlikes {

  private static final String FROM =
      "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"
          + "\u03bf\u03b1\u03bd\u03b9\u03ba\u03c1\u03c5"
          + "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405"
          + "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
          + "\u0131\u0261";
  private static final String TO =
      "aeopcyxijshdqw" + "oavikpu" + "ABEKMHOPCTXIJS" + "ABEZHIKMNOPTYX" + "ig";

  private LookAlikes() {}

  static String plain(String name) {
    StringBuilder text = new StringBuilder(name.length());
    name.codePoints().filter(c -> !isInvisible(c)).forEach(c -> text.appendCodePoint(plain(c)));
    return text.toString();
  }

  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || type == Character.FORMAT
        || type == Character.CONTROL
        || type == Character.NON_SPACING_MARK;
  }

  private static int plain(int c) {
    int at = FROM.indexOf(c);
    return at < 0 ? c : TO.charAt(at);
  }
}
