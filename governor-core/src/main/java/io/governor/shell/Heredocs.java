package io.governor.shell;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Removes the bodies of heredocs, so that their lines are not taken for commands (execution record,
 * section 8.2, step 1). A body whose terminator never comes reaches to the end of the text, as in
 * the shell.
 */
final class Heredocs {
  private final String text;
  private final Nesting nesting;
  private final Queue<String> awaited = new ArrayDeque<>();
  private final StringBuilder kept;

  private Heredocs(String text) {
    this.text = text;
    this.nesting = new Nesting(text, 0);
    this.kept = new StringBuilder(text.length());
  }

  static String removeBodies(String text) {
    return text.contains("<<") ? new Heredocs(text).remove() : text;
  }

  private String remove() {
    while (!nesting.atEnd()) {
      int from = nesting.at();
      if (!nesting.inCommandText()) {
        nesting.step();
      } else if (text.startsWith("<<", from)) {
        readOperator();
      } else if (text.charAt(from) == '\n') {
        nesting.step();
        kept.append('\n');
        skipBodies();
        continue;
      } else {
        nesting.step();
      }
      kept.append(text, from, nesting.at());
    }
    return kept.toString();
  }

  private void readOperator() {
    int at = nesting.at();
    boolean hereString = text.startsWith("<<<", at);
    nesting.jump(at + (hereString ? 3 : 2));
    if (!hereString) {
      readTerminator(nesting.at());
    }
  }

  private void readTerminator(int afterOperator) {
    int at = afterOperator;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && Syntax.isBlank(text.charAt(at))) {
      at++;
    }
    // A backslash quotes a terminator as quotes do.
    char quote = at < text.length() ? text.charAt(at) : 0;
    int start = quote == '\'' || quote == '"' || quote == '\\' ? at + 1 : at;
    int end = endOfTerminator(start);
    if (end > start && endsAsItBegan(quote, end)) {
      awaited.add(text.substring(start, end));
    }
  }

  private int endOfTerminator(int start) {
    int end = start;
    while (end < text.length() && isTerminatorCharacter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isTerminatorCharacter(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  /**
   * Whether the terminator is the whole word. {@code <<END-X} has a terminator of other characters;
   * waiting for {@code END} would swallow commands, so its body is read as commands instead.
   */
  private boolean endsAsItBegan(char quote, int end) {
    if (quote == '\'' || quote == '"') {
      return end < text.length() && text.charAt(end) == quote;
    }
    return end >= text.length()
        || Syntax.endsWord(text.charAt(end))
        || "<>`".indexOf(text.charAt(end)) >= 0;
  }

  private void skipBodies() {
    while (!awaited.isEmpty() && !nesting.atEnd()) {
      skipBody(awaited.remove());
    }
  }

  private void skipBody(String terminator) {
    int at = nesting.at();
    boolean ended = false;
    while (!ended && at < text.length()) {
      int newline = text.indexOf('\n', at);
      int lineEnd = newline < 0 ? text.length() : newline;
      ended = isLine(terminator, at, lineEnd);
      at = Math.min(lineEnd + 1, text.length());
    }
    nesting.jump(at);
  }

  /**
   * Leading tabs are ignored after {@code <<} as well as after {@code <<-}: the format makes no
   * difference.
   */
  private boolean isLine(String terminator, int from, int to) {
    int start = from;
    while (start < to && text.charAt(start) == '\t') {
      start++;
    }
    return to - start == terminator.length() && text.startsWith(terminator, start);
  }
}
