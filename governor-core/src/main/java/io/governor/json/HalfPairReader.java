package io.governor.json;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON text readable in which an escape stands for half of a surrogate pair, as JavaScript
 * clients write it that cut a text in the middle of an emoji: such an escape becomes that of a
 * private-use character, U+E000 for U+D800 and so on, so that different halves stay different and
 * every place in the text stays where it is. All else passes unchanged. Confined to one thread.
 */
final class HalfPairReader extends Reader {

  private static final int CHUNK = 8192;
  private static final int HEX_DIGITS = 4;

  /** {@code uXXXX}, the rest of an escape after its backslash. */
  private static final int ESCAPE = 1 + HEX_DIGITS;

  private static final int PAIR = ESCAPE + 1 + ESCAPE;
  private static final char FIRST_PRIVATE = '\ue000';

  private final Reader in;
  private final char[] chunk = new char[CHUNK];
  private int from;
  private int to;

  /** How many characters of an escape that was looked at are still to be handed out. */
  private int settled;

  private boolean ended;
  private @Nullable IOException failure;

  HalfPairReader(Reader in) {
    this.in = in;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = 0;
    while (count < length && has(1)) {
      char c = chunk[from++];
      target[offset + count++] = c;
      if (settled > 0) {
        settled--;
      } else if (c == '\\') {
        settled = escape();
      }
    }
    if (count == 0 && failure != null) {
      throw failure;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  /** Looks at what follows a backslash, mends it, and says how far that reaches. */
  private int escape() {
    int code = has(ESCAPE) && chunk[from] == 'u' ? hex(from + 1) : -1;
    if (code < 0 || !Character.isSurrogate((char) code)) {
      return 1;
    }
    if (Character.isHighSurrogate((char) code) && lowFollows()) {
      return PAIR;
    }
    String mended = Integer.toHexString(FIRST_PRIVATE + code - Character.MIN_SURROGATE);
    mended.getChars(0, HEX_DIGITS, chunk, from + 1);
    return ESCAPE;
  }

  private boolean lowFollows() {
    if (!has(PAIR) || chunk[from + ESCAPE] != '\\' || chunk[from + ESCAPE + 1] != 'u') {
      return false;
    }
    int code = hex(from + ESCAPE + 2);
    return code >= 0 && Character.isLowSurrogate((char) code);
  }

  /** The code of four hex digits, or -1 when they are not that. */
  private int hex(int at) {
    int code = 0;
    for (int i = at; i < at + HEX_DIGITS; i++) {
      char c = chunk[i];
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }

  /** Whether so many characters are at hand; a failure to read waits until all before are out. */
  private boolean has(int count) {
    while (to - from < count && !ended) {
      System.arraycopy(chunk, from, chunk, 0, to - from);
      to -= from;
      from = 0;
      try {
        int more = in.read(chunk, to, CHUNK - to);
        ended = more < 0;
        to += Math.max(0, more);
      } catch (IOException e) {
        failure = e;
        ended = true;
      }
    }
    return to - from >= count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
