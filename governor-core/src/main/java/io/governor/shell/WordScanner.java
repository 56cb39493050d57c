package io.governor.shell;

import io.governor.shell.ScriptWord.Literal;
import io.governor.shell.ScriptWord.Part;
import io.governor.shell.ScriptWord.Unknown;
import io.governor.shell.ScriptWord.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one word with its quotes and expansions at a cursor; commands inside substitutions go back
 * to the script reader, before the word is done, as a shell runs them first. Used once, by one
 * thread.
 */
final class WordScanner {
  private final ScriptReader script;
  private final Cursor in;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private boolean literalQuoted;

  WordScanner(ScriptReader script, Cursor in) {
    this.script = script;
    this.in = in;
  }

  /** Reads up to what ends a word outside quotes. */
  ScriptWord word() {
    while (!in.atEnd() && !endsWord()) {
      part();
    }
    return finish();
  }

  /** Reads like the inside of double quotes up to the end: the body of a here-document. */
  ScriptWord quotedToEnd() {
    while (!in.atEnd()) {
      doubleQuotedPart();
    }
    return finish();
  }

  private ScriptWord finish() {
    flush();
    return new ScriptWord(parts);
  }

  private boolean endsWord() {
    char c = in.peek();
    return c == ' '
        || c == '\t'
        || c == ')'
        || Syntax.isSeparator(c)
        || (c == '(' && !opensInWord())
        || ((c == '<' || c == '>') && in.peek(1) != '(');
  }

  /** Parentheses go on with a word in {@code a=(…)} and in patterns like {@code @(a|b)}. */
  private boolean opensInWord() {
    char before = literal.length() == 0 || literalQuoted ? 0 : literal.charAt(literal.length() - 1);
    return before != 0 && "=?*+@!".indexOf(before) >= 0;
  }

  private void part() {
    char c = in.peek();
    switch (c) {
      case '\\' -> escaped();
      case '\'' -> singleQuoted();
      case '"' -> doubleQuoted();
      case '`' -> unknown(script::backticks);
      case '$' -> dollar(false);
      case '<', '>' -> unknown(() -> script.parentheses(2));
      case '(' -> add(new Unknown(script.wordsInParentheses(), false));
      default -> keep(in.next(), false);
    }
  }

  private void keep(char c, boolean quoted) {
    if (quoted != literalQuoted) {
      flush();
      literalQuoted = quoted;
    }
    literal.append(c);
  }

  private void keep(String text) {
    flush();
    parts.add(new Literal(text, true));
  }

  private void flush() {
    if (literal.length() > 0) {
      parts.add(new Literal(literal.toString(), literalQuoted));
      literal.setLength(0);
    }
  }

  private void add(Part part) {
    flush();
    parts.add(part);
  }

  private void unknown(Runnable construct) {
    add(new Unknown(List.of(), false));
    construct.run();
  }

  private void escaped() {
    in.skip(1);
    if (in.atEnd()) {
      keep('\\', true);
    } else {
      char c = in.next();
      if (c != '\n') {
        keep(c, true);
      }
    }
  }

  private void singleQuoted() {
    in.skip(1);
    keep(in.through('\'', script.budget()));
  }

  private void doubleQuoted() {
    in.skip(1);
    keep("");
    while (!in.atEnd() && in.peek() != '"') {
      doubleQuotedPart();
    }
    flush();
    in.close(script.budget());
  }

  private void doubleQuotedPart() {
    switch (in.peek()) {
      case '\\' -> escapedInDoubleQuotes();
      case '`' -> unknown(script::backticks);
      case '$' -> dollar(true);
      default -> keep(in.next(), true);
    }
  }

  private void escapedInDoubleQuotes() {
    char escaped = in.peek(1);
    if (escaped == '\n') {
      in.skip(2);
    } else if (escaped == '$' || escaped == '`' || escaped == '"' || escaped == '\\') {
      in.skip(1);
      keep(in.next(), true);
    } else {
      keep(in.next(), true);
    }
  }

  private void dollar(boolean quoted) {
    char c = in.peek(1);
    if (c == '(') {
      unknown(script::dollarParentheses);
    } else if (c == '{') {
      parameter(quoted);
    } else if (c == '\'' && !quoted) {
      in.skip(2);
      keep(AnsiQuoting.read(in, script.budget()));
    } else if (c == '"' && !quoted) {
      in.skip(1);
    } else {
      variable(quoted);
    }
  }

  private void variable(boolean quoted) {
    in.skip(1);
    String name = name();
    if (!name.isEmpty()) {
      add(new Variable(name, quoted, null));
    } else {
      keep('$', quoted);
    }
  }

  /** A name, or one of the parameters of a single character. */
  private String name() {
    int start = in.at();
    char c = in.peek();
    if ((c >= '0' && c <= '9') || (c != 0 && "@*#?$!-".indexOf(c) >= 0)) {
      in.skip(1);
    } else {
      while (ScriptWord.isNameCharacter(in.peek())) {
        in.skip(1);
      }
    }
    return in.since(start);
  }

  private void parameter(boolean quoted) {
    if (!script.budget().enter()) {
      in.toEnd();
      return;
    }
    in.skip(2);
    String name = name();
    flush();
    int from = in.at();
    boolean plain = in.peek() == '}';
    List<Part> inside = new WordScanner(script, in).untilBrace(quoted);
    String operation = in.since(from);
    in.close(script.budget());
    add(parameter(name, quoted, plain ? "" : operation, inside));
    script.budget().leave();
  }

  private static Part parameter(String name, boolean quoted, String operation, List<Part> inside) {
    if (name.isEmpty()) {
      return new Unknown(List.of(), true);
    }
    if (operation.isEmpty() || operation.startsWith(":?") || operation.startsWith("?")) {
      return new Variable(name, quoted, null);
    }
    int operator = operation.startsWith(":") ? 1 : 0;
    boolean other = "-=+".indexOf(operation.charAt(Math.min(operator, operation.length() - 1))) < 0;
    if (other) {
      return new Unknown(List.of(new ScriptWord(List.of(new Variable(name, true, null)))), true);
    }
    ScriptWord word = without(operator + 1, inside);
    @Nullable String text = operation.charAt(operator) == '-' ? word.literalText() : null;
    return text == null ? new Unknown(List.of(word), true) : new Variable(name, quoted, text);
  }

  /** The parts behind an operator. */
  private static ScriptWord without(int operator, List<Part> inside) {
    List<Part> parts = new ArrayList<>(inside);
    int left = operator;
    while (left > 0 && !parts.isEmpty() && parts.get(0) instanceof Literal first) {
      int cut = Math.min(left, first.text().length());
      left -= cut;
      parts.remove(0);
      if (cut < first.text().length()) {
        parts.add(0, new Literal(first.text().substring(cut), false));
      }
    }
    return new ScriptWord(parts);
  }

  private List<Part> untilBrace(boolean inDoubleQuotes) {
    while (!in.atEnd() && in.peek() != '}') {
      if (inDoubleQuotes && in.peek() != '"') {
        doubleQuotedPart();
      } else {
        partOfParameter();
      }
    }
    flush();
    return parts;
  }

  private void partOfParameter() {
    switch (in.peek()) {
      case '(', '<', '>' -> keep(in.next(), false);
      default -> part();
    }
  }

  /** Reads the expansions of an arithmetic and drops the rest. */
  void expansionsUntil(int end) {
    while (!in.atEnd() && in.at() < end) {
      switch (in.peek()) {
        case '`', '$', '\\' -> doubleQuotedPart();
        default -> in.skip(1);
      }
    }
  }
}
