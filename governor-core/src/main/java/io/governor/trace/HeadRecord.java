package io.governor.trace;

import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code heads.log}: where the chain of a trace had come to, and why that was put on
 * record. Immutable.
 *
 * @param trace the file, from the state root on, with slashes
 * @param head where its chain had come to
 * @param why one of the words below
 */
record HeadRecord(String trace, ChainHead head, String why) {

  static final String CLOSED = "closed";
  static final String RESUMED = "resumed";

  /** Resumed, and the file ends before this head: its chain goes on from here all the same. */
  static final String SHORT = "short";

  /** The chain goes on, and came by here. */
  static final String REACHED = "reached";

  /** The file was removed because it was old: what is on record about it no longer holds. */
  static final String PRUNED = "pruned";

  /** What every line begins with; nothing inside a line looks like it, for quotes are escaped. */
  static final String START = "{\"trace\": \"";

  private static final Set<String> WHYS = Set.of(CLOSED, RESUMED, SHORT, REACHED, PRUNED);

  boolean isPruned() {
    return why.equals(PRUNED);
  }

  /** The line with its end. */
  byte[] line() {
    JsonWriter line = new JsonWriter(256);
    line.beginObject();
    line.member("trace").value(trace);
    line.member("lines").value(head.lines());
    line.member("head").value(head.hash());
    line.member("why").value(why);
    line.endObject().raw('\n');
    return line.toByteArray();
  }

  /** What a line without its end says, or null when it is not, to the byte, a line of ours. */
  static @Nullable HeadRecord parse(byte[] line) {
    HeadRecord found = read(line);
    if (found == null) {
      return null;
    }
    byte[] written = found.line();
    boolean same = Arrays.equals(line, 0, line.length, written, 0, written.length - 1);
    return same ? found : null;
  }

  private static @Nullable HeadRecord read(byte[] line) {
    try {
      Object value = StrictJson.parse(line, StrictJson.Limits.POLICY);
      if (value instanceof Map<?, ?> members
          && members.get("trace") instanceof String trace
          && members.get("head") instanceof String head
          && members.get("lines") instanceof Long lines
          && lines >= 0
          && members.get("why") instanceof String why
          && WHYS.contains(why)) {
        HeadRecord record = new HeadRecord(trace, new ChainHead(head, lines), why);
        return lines > 0 || record.isPruned() ? record : null;
      }
      return null;
    } catch (JsonProblem | IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether a line could be the beginning of one of ours, as a kill may leave it. */
  static boolean isBeginning(byte[] line) {
    return new Beginning(new String(line, StandardCharsets.ISO_8859_1)).holds();
  }

  /** Follows a text as far as it goes. */
  private static final class Beginning {

    private final String text;
    private int at;

    Beginning(String text) {
      this.text = text;
    }

    boolean holds() {
      return literal(START)
          && name()
          && literal("\", \"lines\": ")
          && all(c -> c >= '0' && c <= '9')
          && literal(", \"head\": \"")
          && all(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))
          && literal("\", \"why\": \"")
          && all(c -> c >= 'a' && c <= 'z')
          && literal("\"}")
          && at == text.length();
    }

    private boolean literal(String part) {
      int length = Math.min(part.length(), text.length() - at);
      boolean fits = text.regionMatches(at, part, 0, length);
      at += length;
      return fits;
    }

    private boolean name() {
      while (at < text.length() && text.charAt(at) != '"') {
        char c = text.charAt(at);
        if (c < ' ' || c > '~') {
          return false;
        }
        at += c == '\\' ? 2 : 1;
      }
      at = Math.min(at, text.length());
      return true;
    }

    private boolean all(IntPredicate allowed) {
      while (at < text.length() && allowed.test(text.charAt(at))) {
        at++;
      }
      return true;
    }
  }
}
