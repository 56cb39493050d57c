package io.governor.detect;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The value that a text gives to a name: {@code name = value}, {@code "name": "value"}, {@code
 * NAME=value}, {@code --name value}, {@code <name>value</name>}, {@code set("name", "value")}, in
 * whatever language. It reads a bounded stretch after the name and does not know the language; it
 * knows quotes, the usual signs between a name and its value, and where an unquoted value ends.
 *
 * @param nameEnd what of the name follows the literal that was found
 * @param text the value
 * @param start where the value begins
 * @param quoted whether it stands in quotes, or between tags
 */
record Assignment(String nameEnd, String text, int start, boolean quoted) {

  private static final int MAX_NAME_END = 24;
  private static final int MAX_GAP = 40;
  private static final int MAX_VALUE = 512;
  private static final String QUOTES = "\"'`";
  private static final String ENDS_UNQUOTED = "\"'`,;<>(){}[]|\\";
  private static final Set<String> TYPES = Set.of("string", "str", "text", "char", "const");
  private static final Set<String> SCHEMES = Set.of("bearer", "basic", "token", "apikey");

  int end() {
    return start + text.length();
  }

  /** Where the literal {@code [from, to)} is or ends a name: the name's value, or null. */
  static @Nullable Assignment after(String text, int from, int to) {
    return new Reader(text, from, to).read();
  }

  /** Whether a word announces a credential in a header. */
  static boolean isScheme(String word) {
    return SCHEMES.contains(word.toLowerCase(Locale.ROOT));
  }

  /** The sizes, not the value. */
  @Override
  public String toString() {
    return "a value of " + text.length() + " characters";
  }

  /** Reads one assignment from left to right. */
  private static final class Reader {

    private final String text;
    private final int from;
    private final int literalEnd;
    private int at;
    private boolean nameQuoted;

    Reader(String text, int from, int literalEnd) {
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
      return sign || spaced && !nameQuoted && isOption(nameEnd);
    }

    /** {@code --name value} has no sign but the space. */
    private boolean isOption(String nameEnd) {
      int start = from;
      while (start > 0
          && literalEnd + nameEnd.length() - start < MAX_GAP
          && Characters.isBase64Url(text.charAt(start - 1))) {
        start--;
      }
      return text.startsWith("--", start);
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

    /** One of {@code = : := ::= => ?= .= += == >}, or a comma between two quoted arguments. */
    private boolean skipOperator() {
      int begin = at;
      if (peek() == ',' && nameQuoted) {
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
      boolean scheme = peek() == ' ' && isScheme(text.substring(word, at));
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
        if (c <= ' ' || c == another || ENDS_UNQUOTED.indexOf(c) >= 0) {
          // A call or a reference to an element is code, not a value.
          return c == '(' || c == '[' || c == '{' ? -1 : i;
        }
      }
      return stop == text.length() ? stop : -1;
    }

    private int afterSpaces(int index) {
      int end = index;
      while (end - index < MAX_GAP && Characters.isSpace(Characters.at(text, end))) {
        end++;
      }
      return end;
    }
  }
}
