package io.governor.sync.count;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Steps over JSON in bytes and makes sure that it is JSON (RFC 8259) in valid UTF-8. Strings are
 * searched eight bytes at a time.
 *
 * <p>Every method takes the place where something begins and returns the place behind it, or {@link
 * #NOWHERE}. For that there are three conditions on the array, which spare every check of bounds
 * and, between two steps, every check for failure: what is read ends with a line feed, which JSON
 * within one line never has; behind that there are {@link #SLACK} more bytes of any kind; and at
 * {@link #NOWHERE} stands a line feed, so that whatever is looked for there is not there either.
 */
final class JsonBytes {

  /** Where a step leads that cannot be taken. */
  static final int NOWHERE = 0;

  /** How many bytes a search may look at behind the end. */
  static final int SLACK = 32;

  /** As the record has it (section 11). */
  static final int MAX_DEPTH = 100;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle HALVES =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;
  private static final int TRUE = 0x65757274;
  private static final int FALS = 0x736c6166;
  private static final int NULL = 0x6c6c756e;

  private JsonBytes() {}

  /** Eight bytes as a number, the first the lowest. */
  static long word(byte[] a, int p) {
    return (long) WORDS.get(a, p);
  }

  private static int half(byte[] a, int p) {
    return (int) HALVES.get(a, p);
  }

  /** Steps over white space, though not over line feeds. */
  static int blank(byte[] a, int p) {
    int q = a[p] == ' ' ? p + 1 : p;
    return a[q] > ' ' ? q : blanks(a, q);
  }

  private static int blanks(byte[] a, int p) {
    int q = p;
    while (a[q] == ' ' || a[q] == '\t' || a[q] == '\r') {
      q++;
    }
    return q;
  }

  /** Steps over a colon and the white space around it. */
  static int colon(byte[] a, int p) {
    int q = a[p] == ':' ? p : blank(a, p);
    return a[q] == ':' ? blank(a, q + 1) : NOWHERE;
  }

  /**
   * The first byte from here on that may not simply be stepped over in a string: a quote, a
   * backslash, a control character or a byte that is not ASCII.
   */
  private static int plainEnd(byte[] a, int from) {
    int p = from;
    long found = special(word(a, p));
    while (found == 0) {
      p += 8;
      found = special(word(a, p));
    }
    return p + (Long.numberOfTrailingZeros(found) >>> 3);
  }

  /**
   * Marks the top bit of special bytes. Exact up to the first one; a borrow may mark bytes above
   * it. With bit 1 turned over, the quote (0x22) stands just above the control characters, so that
   * one subtraction finds both.
   */
  private static long special(long word) {
    long controlOrQuote = (word ^ (0x02 * ONES)) - 0x21 * ONES;
    long backslash = (word ^ (0x5c * ONES)) - ONES;
    return (controlOrQuote | backslash | word) & TOPS;
  }

  /** Steps over a string whose opening quote was just stepped over. */
  static int string(byte[] a, int from) {
    int p = plainEnd(a, from);
    while (a[p] != '"') {
      int q = a[p] == '\\' ? escape(a, p + 1) : utf8(a, p);
      if (q == NOWHERE) {
        return NOWHERE;
      }
      p = plainEnd(a, q);
    }
    return p + 1;
  }

  /** The same for a string without escapes; one that has any is not stepped over. */
  static int verbatim(byte[] a, int from) {
    int p = plainEnd(a, from);
    while (a[p] != '"') {
      int q = utf8(a, p);
      if (q == NOWHERE) {
        return NOWHERE;
      }
      p = plainEnd(a, q);
    }
    return p + 1;
  }

  private static int escape(byte[] a, int p) {
    return switch (a[p]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> p + 1;
      case 'u' ->
          isHex(a[p + 1]) && isHex(a[p + 2]) && isHex(a[p + 3]) && isHex(a[p + 4])
              ? p + 5
              : NOWHERE;
      default -> NOWHERE;
    };
  }

  private static boolean isHex(byte b) {
    int letter = b | 0x20;
    return (b >= '0' && b <= '9') || (letter >= 'a' && letter <= 'f');
  }

  /** Steps over one character of several bytes, in the only form Unicode has for it. */
  private static int utf8(byte[] a, int p) {
    int first = a[p] & 0xff;
    if (first >= 0xc2 && first <= 0xdf) {
      return follows(a[p + 1]) ? p + 2 : NOWHERE;
    }
    int second = a[p + 1] & 0xff;
    if (first >= 0xe0 && first <= 0xef) {
      boolean fits =
          second >= (first == 0xe0 ? 0xa0 : 0x80) && second <= (first == 0xed ? 0x9f : 0xbf);
      return fits && follows(a[p + 2]) ? p + 3 : NOWHERE;
    }
    boolean fits =
        first >= 0xf0
            && first <= 0xf4
            && second >= (first == 0xf0 ? 0x90 : 0x80)
            && second <= (first == 0xf4 ? 0x8f : 0xbf);
    return fits && follows(a[p + 2]) && follows(a[p + 3]) ? p + 4 : NOWHERE;
  }

  private static boolean follows(byte b) {
    return (b & 0xc0) == 0x80;
  }

  /**
   * Steps over any value.
   *
   * @param depth how many objects and arrays it stands in
   */
  static int value(byte[] a, int p, int depth) {
    byte b = a[p];
    if (b == '"') {
      return string(a, p + 1);
    }
    if (b == '{') {
      return object(a, p + 1, depth + 1);
    }
    if (b == '[') {
      return array(a, p + 1, depth + 1);
    }
    return b >= 'a' ? literal(a, p) : number(a, p);
  }

  private static int literal(byte[] a, int p) {
    int half = half(a, p);
    if (half == TRUE || half == NULL) {
      return p + 4;
    }
    return half == FALS && a[p + 4] == 'e' ? p + 5 : NOWHERE;
  }

  private static int object(byte[] a, int from, int depth) {
    int p = blank(a, from);
    if (depth > MAX_DEPTH) {
      return NOWHERE;
    }
    if (a[p] == '}') {
      return p + 1;
    }
    do {
      p = member(a, blank(a, p), depth);
    } while (a[p++] == ',');
    return a[p - 1] == '}' ? p : NOWHERE;
  }

  private static int member(byte[] a, int p, int depth) {
    if (a[p] != '"') {
      return NOWHERE;
    }
    // Names with escapes are left to who can tell whether they are whole characters.
    int q = verbatim(a, p + 1);
    return blank(a, value(a, colon(a, q), depth));
  }

  private static int array(byte[] a, int from, int depth) {
    int p = blank(a, from);
    if (depth > MAX_DEPTH) {
      return NOWHERE;
    }
    if (a[p] == ']') {
      return p + 1;
    }
    do {
      p = blank(a, value(a, blank(a, p), depth));
    } while (a[p++] == ',');
    return a[p - 1] == ']' ? p : NOWHERE;
  }

  private static int number(byte[] a, int from) {
    int p = a[from] == '-' ? from + 1 : from;
    int q = a[p] == '0' ? p + 1 : digits(a, p);
    if (q != NOWHERE && a[q] == '.') {
      q = digits(a, q + 1);
    }
    return (a[q] | 0x20) == 'e' ? exponent(a, q + 1) : q;
  }

  private static int exponent(byte[] a, int p) {
    return digits(a, a[p] == '+' || a[p] == '-' ? p + 1 : p);
  }

  /** Steps over one or more digits. */
  static int digits(byte[] a, int from) {
    int p = from;
    while (a[p] >= '0' && a[p] <= '9') {
      p++;
    }
    return p == from ? NOWHERE : p;
  }

  /** The first line feed from here on; there must be one. */
  static int lineFeed(byte[] a, int from) {
    int p = from;
    long found = lineFeeds(word(a, p));
    while (found == 0) {
      p += 8;
      found = lineFeeds(word(a, p));
    }
    return p + (Long.numberOfTrailingZeros(found) >>> 3);
  }

  private static long lineFeeds(long word) {
    long zero = word ^ (0x0a * ONES);
    return (zero - ONES) & ~zero & TOPS;
  }
}
