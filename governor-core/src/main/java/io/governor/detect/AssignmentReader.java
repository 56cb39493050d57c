package io.governor.detect;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@link Assignment} from left to right. Confined to one thread. */
final class AssignmentReader {

  private static final int MAX_NAME_END = 24;
  private static final int MAX_GAP = 40;
  private static final int MAX_VALUE = 512;
  private static final String QUOTES = "\"'`";
  private static final CharacterSet ENDS_UNQUOTED = CharacterSet.of("\"'`,;<>(){}[]|\\");
  private static final Set<String> TYPES = Set.of("string", "str", "text", "char", "const");

  private final String text;
  private final int from;
  private final int literalEnd;
  private int at;
  private boolean nameQuoted;

  AssignmentReader(String text, int from, int literalEnd) {
    this.text = text;
    this.from = from;
    this.literalEnd = literalEnd;
    this.at = literalEnd;
  }

  @Nullable Assignment read() {
    while (Characters.isBase64Url(peek()) && at - literalEnd < MAX_NAME_END) {
      at++;
    }
    String nameEnd = text.substring(literalEnd, at);
    if (Characters.isBase64Url(peek()) || !skipSign(nameEnd)) {
      return null;
    }
    skipScheme();
    return value(nameEnd);
  }

  private char peek() {
    return Characters.at(text, at);
  }

  private boolean skipSign(String nameEnd) {
    nameQuoted = skipQuote();
    if (peek() == ']' || peek() == ')') {
      at++;
    }
    int beforeGap = at;
    skipSpaces();
    boolean spaced = at > beforeGap;
    if (spaced && skipType()) {
      skipSpaces();
    }
    boolean sign = skipOperator();
    skipSpaces();
    return sign || (spaced && !nameQuoted && isOption(nameEnd));
  }

  /** {@code --name value} has no sign but the space. */
  private boolean isOption(String nameEnd) {
    return literalEnd + nameEnd.length() - nameStart() < MAX_GAP
        && text.startsWith("--", nameStart());
  }

  /** In {@code f("name", "value")}, not in a list of names. */
  private boolean isFirstArgument() {
    return Characters.at(text, nameStart() - 2) == '(';
  }

  private int nameStart() {
    int start = from;
    while (start > 0 && from - start < MAX_GAP && Characters.isBase64Url(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private boolean skipQuote() {
    if (peek() == '\\' && QUOTES.indexOf(Characters.at(text, at + 1)) >= 0) {
      at += 2;
      return true;
    }
    if (peek() != '\0' && QUOTES.indexOf(peek()) >= 0) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpaces() {
    int stop = at + MAX_GAP;
    while (at < stop && Characters.isSpace(peek())) {
      at++;
    }
  }

  private boolean skipType() {
    int end = at;
    while (end - at < 8 && Characters.isLetter(Characters.at(text, end))) {
      end++;
    }
    boolean type = TYPES.contains(text.substring(at, end));
    at = type ? end : at;
    return type;
  }

  /**
   * One of {@code = : := ::= => ?= .= += == >}, or a comma after the quoted first of two arguments.
   */
  private boolean skipOperator() {
    int begin = at;
    if (peek() == ',' && nameQuoted && isFirstArgument()) {
      at++;
      return true;
    }
    if (peek() == ':' && skipTypeAnnotation()) {
      return true;
    }
    while (at - begin < 4 && peek() != '\0' && "=:?.+|>".indexOf(peek()) >= 0) {
      at++;
    }
    String operator = text.substring(begin, at);
    return operator.contains("=") || operator.equals(":") || operator.equals(">");
  }

  /** {@code name: str = "value"}. */
  private boolean skipTypeAnnotation() {
    int begin = at;
    at++;
    skipSpaces();
    if (skipType()) {
      skipSpaces();
      if (peek() == '=') {
        at++;
        return true;
      }
    }
    at = begin;
    return false;
  }

  /** {@code Authorization: Bearer value}; the quote, if any, stands before the scheme. */
  private void skipScheme() {
    int begin = at;
    skipQuote();
    int word = at;
    while (at - word < 8 && Characters.isLetter(peek())) {
      at++;
    }
    boolean scheme = peek() == ' ' && Assignment.isScheme(text.substring(word, at));
    if (!scheme) {
      at = begin;
      return;
    }
    skipSpaces();
  }

  private @Nullable Assignment value(String nameEnd) {
    skipPrefix();
    int quote = at;
    boolean quoted = skipQuote();
    int start = at;
    char close = quoted ? text.charAt(at - 1) : '\0';
    boolean escaped = quoted && at - quote == 2;
    int end = quoted ? quotedEnd(start, close, escaped) : unquotedEnd(start);
    if (end <= start) {
      return null;
    }
    boolean element = text.startsWith("</", afterSpaces(end));
    return new Assignment(nameEnd, text.substring(start, end), start, quoted || element);
  }

  /** The letter before a string in Python or C#: {@code b"…"}. */
  private void skipPrefix() {
    char next = Characters.at(text, at + 1);
    if (next == '"' && "bruf@$".indexOf(peek()) >= 0) {
      at++;
    }
  }

  private int quotedEnd(int start, char close, boolean escaped) {
    int stop = Math.min(text.length(), start + MAX_VALUE);
    for (int i = start; i < stop; i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return -1;
      }
      if (c == '\\' && escaped && Characters.at(text, i + 1) == close) {
        return i;
      }
      if (c == '\\') {
        i++;
      } else if (c == close) {
        return i;
      }
    }
    return stop == text.length() ? stop : -1;
  }

  private int unquotedEnd(int start) {
    int stop = Math.min(text.length(), start + MAX_VALUE);
    // In the query of an address the next member follows.
    char another = Characters.at(text, start - 1) == '=' ? '&' : ' ';
    for (int i = start; i < stop; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == another || ENDS_UNQUOTED.has(c)) {
        // A call or a reference to an element is code, not a value.
        return c == '(' || c == '[' || c == '{' ? -1 : withoutColon(start, i);
      }
    }
    return stop == text.length() ? withoutColon(start, stop) : -1;
  }

  private int withoutColon(int start, int end) {
    return end > start && text.charAt(end - 1) == ':' ? end - 1 : end;
  }

  private int afterSpaces(int index) {
    int end = index;
    while (end - index < MAX_GAP && Characters.isSpace(Characters.at(text, end))) {
      end++;
    }
    return end;
  }
}
