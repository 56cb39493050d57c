package io.governor.shell;

import org.jspecify.annotations.Nullable;

/**
 * Reads the word that begins at one place (execution record, section 8.2, step 3). Single quotes
 * are opaque, and {@code $'…'} is a dollar and single quotes: the format knows no other kind. A
 * reader is used once, by one thread.
 */
final class WordReader {
  private final String text;
  private final int start;
  private final StringBuilder word = new StringBuilder();
  private int at;
  private int bare = -1;
  private boolean construct;
  private @Nullable Character group;

  WordReader(String text, int start) {
    this.text = text;
    this.start = start;
    this.at = start;
  }

  /** Where the word ended. */
  int at() {
    return at;
  }

  Word read() {
    while (at < text.length() && !atEndOfWord()) {
      readPart();
    }
    return new Word(word.toString(), bare < 0 ? word.length() : bare, construct, group);
  }

  private boolean atEndOfWord() {
    char c = text.charAt(at);
    return Syntax.isBlank(c)
        || Syntax.isSeparator(c)
        || Syntax.isContinuedLine(text, at)
        || ((c == '<' || c == '>') && !Syntax.isProcessSubstitution(text, at));
  }

  private void readPart() {
    char c = text.charAt(at);
    switch (c) {
      case '\\' -> readEscaped();
      case '\'' -> readSingleQuoted();
      case '"' -> readDoubleQuoted();
      case '`', '<', '>' -> readConstruct();
      case '(' -> readParentheses(c);
      case '{' -> readBrace(c);
      case '$' -> readDollar();
      default -> keep();
    }
  }

  private void keep() {
    word.append(text.charAt(at));
    at++;
  }

  private void endBare() {
    if (bare < 0) {
      bare = word.length();
    }
  }

  private void readEscaped() {
    endBare();
    // A backslash at the very end has nothing to take and stands for itself.
    at = Math.min(at + 1, text.length() - 1);
    keep();
  }

  private void readSingleQuoted() {
    endBare();
    int close = text.indexOf('\'', at + 1);
    int end = close < 0 ? text.length() : close;
    word.append(text, at + 1, end);
    at = Math.min(end + 1, text.length());
  }

  private void readDoubleQuoted() {
    endBare();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      readDoubleQuotedPart();
    }
    at = Math.min(at + 1, text.length());
  }

  private void readDoubleQuotedPart() {
    char c = text.charAt(at);
    if (c == '\\') {
      readEscapedInDoubleQuotes();
    } else if (c == '`' || text.startsWith("$(", at)) {
      readConstruct();
    } else {
      keep();
    }
  }

  private void readEscapedInDoubleQuotes() {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    if (next == '\n') {
      at += 2;
    } else if (next == '$' || next == '`' || next == '"' || next == '\\') {
      at++;
      keep();
    } else {
      keep();
    }
  }

  private void readDollar() {
    if (text.startsWith("$(", at)) {
      readConstruct();
    } else {
      keep();
    }
  }

  private void readParentheses(char c) {
    markGroup(c);
    readConstruct();
  }

  private void readBrace(char c) {
    if (at == start && Syntax.isBraceGroup(text, at)) {
      markGroup(c);
      readConstruct();
    } else {
      keep();
    }
  }

  private void markGroup(char c) {
    if (at == start) {
      group = c;
    }
  }

  private void readConstruct() {
    endBare();
    Nesting nesting = new Nesting(text, at);
    nesting.skipConstruct();
    construct |= nesting.sawSubstitution();
    word.append(text, at, nesting.at());
    at = nesting.at();
  }
}
