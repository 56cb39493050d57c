package io.governor.crypt;

/**
 * Compares a line with what an encrypted one looks like, from left to right: it fits, or it could
 * if it went on, or it does not. Confined to one thread.
 */
final class LineShape {

  /** What a line comes to. */
  enum Fit {
    /** It is such a line. */
    WHOLE,
    /** It is the beginning of one. */
    BEGUN,
    /** It is something else. */
    OTHER
  }

  /** Which characters a run has. */
  private enum Run {
    ID,
    BASE64
  }

  private static final boolean[] BASE64 =
      in("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

  private final byte[] line;
  private final int end;
  private int at;
  private Fit fit;

  LineShape(byte[] line, int from, int to) {
    this.line = line;
    this.at = from;
    this.end = to;
    // A kill leaves a byte at least.
    this.fit = from < to ? Fit.WHOLE : Fit.OTHER;
  }

  static boolean isIdCharacter(byte c) {
    return c > ' ' && c <= '~' && c != '"' && c != '\\';
  }

  private static boolean[] in(String characters) {
    boolean[] in = new boolean[128];
    characters.chars().forEach(c -> in[c] = true);
    return in;
  }

  private static boolean isBase64(byte c) {
    return c >= 0 && BASE64[c];
  }

  LineShape literal(String text) {
    for (int i = 0; i < text.length() && goesOn(); i++) {
      if (line[at] == text.charAt(i)) {
        at++;
      } else {
        fit = Fit.OTHER;
      }
    }
    return this;
  }

  LineShape id(int most) {
    return run(Run.ID, 1, most);
  }

  LineShape base64(int least, int most) {
    return run(Run.BASE64, least, most);
  }

  private LineShape run(Run run, int least, int most) {
    if (!goesOn()) {
      return this;
    }
    int from = at;
    int limit = from + Math.min(end - from, most);
    int to = from;
    while (to < limit && isOf(run, line[to])) {
      to++;
    }
    at = to;
    fit = to == end ? Fit.BEGUN : to - from < least ? Fit.OTHER : Fit.WHOLE;
    return this;
  }

  private static boolean isOf(Run run, byte c) {
    return run == Run.ID ? isIdCharacter(c) : isBase64(c);
  }

  private boolean goesOn() {
    if (fit == Fit.WHOLE && at == end) {
      fit = Fit.BEGUN;
    }
    return fit == Fit.WHOLE;
  }

  /** What the line is, nothing being left of it. */
  Fit fit() {
    return fit == Fit.WHOLE && at < end ? Fit.OTHER : fit;
  }
}
