package io.governor.cli;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes a JSON object apart: its members as they are written. The whole text is held to the grammar
 * of RFC 8259 and to nothing else, so that what is deep, long or said twice inside a member is for
 * whoever reads the member to judge. Takes time linear in the text and does not recurse. Used once,
 * by one thread.
 */
final class JsonMembers {

  /** For the texts of members: as long as a line may be, halves of emoji included. */
  private static final StrictJson.Limits TEXTS =
      new StrictJson.Limits(
          1, InputLines.MAX_LINE, InputLines.MAX_LINE, InputLines.MAX_LINE, 4, true);

  private final String text;
  private final Map<String, Integer> columns = new HashMap<>();
  private int at;

  private JsonMembers(String text) {
    this.text = text;
  }

  /** The members in their order, each value as it is written. */
  static Map<String, String> of(String text) throws BadLine {
    return new JsonMembers(text).members();
  }

  /** The column at which a member's name begins, counted from 1. */
  static int column(String text, String name) throws BadLine {
    JsonMembers members = new JsonMembers(text);
    members.members();
    return members.columns.getOrDefault(name, 1);
  }

  /** The text that a string literal stands for. */
  static String text(String literal) throws BadLine {
    if (literal.indexOf('\\') < 0) {
      return literal.substring(1, literal.length() - 1);
    }
    try {
      return String.valueOf(StrictJson.parse(literal, TEXTS));
    } catch (JsonProblem e) {
      throw new BadLine("a text cannot be read: " + e.getMessage());
    }
  }

  private Map<String, String> members() throws BadLine {
    blanks();
    expect('{', "expected a JSON object");
    Map<String, String> members = new LinkedHashMap<>();
    blanks();
    if (peek() == '}') {
      at++;
    } else {
      do {
        member(members);
        blanks();
      } while (takes(','));
      expect('}', "expected a comma or } after a member");
    }
    blanks();
    if (at < text.length()) {
      throw bad("more text after the object");
    }
    return members;
  }

  private void member(Map<String, String> members) throws BadLine {
    blanks();
    int name = at;
    string();
    String decoded = text(text.substring(name, at));
    columns.put(decoded, name + 1);
    colon();
    blanks();
    int start = at;
    value();
    if (members.put(decoded, text.substring(start, at)) != null) {
      throw bad("a name stands twice in the object");
    }
  }

  /** Passes over a value and everything in it. */
  private void value() throws BadLine {
    BitSet isObject = new BitSet();
    int depth = 0;
    do {
      blanks();
      char c = peek();
      if ((c == '{' || c == '[') && !isEmpty(c)) {
        isObject.set(depth++, c == '{');
        if (c == '{') {
          name();
        }
        continue;
      }
      if (c != '{' && c != '[') {
        scalar(c);
      }
      depth = closed(isObject, depth);
    } while (depth > 0);
  }

  /** Whether the bracket here is closed at once, and is passed over then; else it is opened. */
  private boolean isEmpty(char open) {
    at++;
    blanks();
    return takes(open == '{' ? '}' : ']');
  }

  /** Passes over what closes behind a value, up to where the next one begins. */
  private int closed(BitSet isObject, int open) throws BadLine {
    int depth = open;
    while (depth > 0) {
      blanks();
      boolean inObject = isObject.get(depth - 1);
      if (takes(',')) {
        if (inObject) {
          name();
        }
        return depth;
      }
      expect(inObject ? '}' : ']', "expected a comma or a closing bracket");
      depth--;
    }
    return 0;
  }

  private void name() throws BadLine {
    blanks();
    string();
    colon();
  }

  private void colon() throws BadLine {
    blanks();
    expect(':', "expected a colon after a name");
  }

  private void scalar(char c) throws BadLine {
    switch (c) {
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void word(String word) throws BadLine {
    if (!text.startsWith(word, at)) {
      throw bad("expected a value");
    }
    at += word.length();
  }

  private void number() throws BadLine {
    takes('-');
    if (!takes('0') && digits() == 0) {
      throw bad("expected a value");
    }
    if (takes('.') && digits() == 0) {
      throw bad("expected digits after a point");
    }
    if (takes('e') || takes('E')) {
      if (!takes('+')) {
        takes('-');
      }
      if (digits() == 0) {
        throw bad("expected the digits of an exponent");
      }
    }
  }

  private int digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at - start;
  }

  private void string() throws BadLine {
    expect('"', "expected a text in quotes");
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return;
      }
      if (c < 0x20) {
        throw bad("a control character in a text");
      }
      if (c == '\\') {
        escape();
      }
    }
    throw bad("a text is not closed");
  }

  private void escape() throws BadLine {
    char c = peek();
    at++;
    if (c == 'u') {
      for (int end = at + 4; at < end; at++) {
        if (Character.digit(peek(), 16) < 0 || peek() > 'f') {
          throw bad("an escape that JSON does not know");
        }
      }
    } else if ("\"\\/bfnrt".indexOf(c) < 0) {
      throw bad("an escape that JSON does not know");
    }
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The character here, or NUL at the end, which no place of the grammar takes. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean takes(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c, String otherwise) throws BadLine {
    if (!takes(c)) {
      throw bad(at < text.length() ? otherwise : "the line ends too early");
    }
  }

  private BadLine bad(String reason) {
    return new BadLine("column " + (at + 1) + ": " + reason);
  }
}
