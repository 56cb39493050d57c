package io.governor.shell;

import io.governor.shell.ScriptSink.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reserved words of one list of commands: which of them are open, and whether the words that
 * follow are a header, a pattern or a command. They are stepped over, so that the commands between
 * them are read like any others. Used by one thread.
 */
final class Keywords {
  private static final int MAX_OPEN = 200;
  private static final Set<String> CONNECTING = Set.of("then", "else", "elif", "do", "!", "coproc");

  private static final Set<String> BEGINNING =
      Set.of("if", "while", "until", "for", "select", "case", "{", "function", "!", "[[");

  /** What stands between the opening word and the first command. */
  private enum Header {
    NONE,
    LOOP,
    CASE,
    FUNCTION
  }

  private final ScriptSink sink;
  private final ReadingBudget budget;
  private final StringBuilder open = new StringBuilder();
  private final List<ScriptWord> header = new ArrayList<>();
  private Header reading = Header.NONE;
  private boolean pattern;

  Keywords(ScriptSink sink, ReadingBudget budget) {
    this.sink = sink;
    this.budget = budget;
  }

  /** Takes a word where a command may begin; false when it is no reserved word. */
  boolean read(ScriptWord word) {
    @Nullable String text = word.bareText();
    if (pattern && !"esac".equals(text)) {
      return true;
    }
    if (text == null) {
      return false;
    }
    switch (text) {
      case "if" -> open('f');
      case "while", "until" -> open('d');
      case "for", "select" -> openWithHeader('d', Header.LOOP);
      case "case" -> openWithHeader('e', Header.CASE);
      case "{" -> open('}', Scope.GROUP);
      case "fi" -> close('f');
      case "done" -> close('d');
      case "esac" -> close('e');
      case "}" -> close('}');
      case "function" -> reading = Header.FUNCTION;
      default -> {
        return CONNECTING.contains(text);
      }
    }
    return true;
  }

  /** Whether the word begins a compound command, or turns a command's status around. */
  static boolean begins(ScriptWord word) {
    @Nullable String text = word.bareText();
    return text != null && BEGINNING.contains(text);
  }

  private void open(char close) {
    open(close, Scope.CONDITIONAL);
  }

  private void open(char close, Scope scope) {
    if (open.length() == MAX_OPEN) {
      budget.incomplete();
      return;
    }
    open.append(close);
    sink.open(scope);
  }

  private void openWithHeader(char close, Header kind) {
    open(close);
    reading = kind;
  }

  private void close(char close) {
    pattern = false;
    int last = open.length() - 1;
    if (last < 0 || open.charAt(last) != close) {
      budget.incomplete();
      return;
    }
    open.setLength(last);
    sink.close();
  }

  /** Whether words are part of a loop's, a case's or a function's head. */
  boolean inHeader() {
    return reading != Header.NONE;
  }

  void headerWord(ScriptWord word) {
    boolean ends = reading == Header.FUNCTION || (reading == Header.CASE && is(word, "in"));
    if (reading == Header.LOOP && is(word, "do")) {
      headerRead();
    } else if (ends) {
      header.add(word);
      headerRead();
    } else {
      header.add(word);
    }
  }

  private static boolean is(ScriptWord word, String keyword) {
    return keyword.equals(word.bareText());
  }

  /** The head ends here: a separator, or its last word. */
  void headerRead() {
    Header read = reading;
    reading = Header.NONE;
    switch (read) {
      case LOOP -> loop();
      case CASE -> pattern = true;
      case FUNCTION -> function();
      case NONE -> {}
    }
    header.clear();
  }

  private void loop() {
    @Nullable String variable = header.isEmpty() ? null : header.get(0).bareText();
    if (variable != null) {
      sink.loop(variable, List.copyOf(header.subList(Math.min(2, header.size()), header.size())));
    }
  }

  private void function() {
    @Nullable String name = header.isEmpty() ? null : header.get(0).bareText();
    sink.function(name == null ? "" : name);
  }

  boolean inPattern() {
    return pattern;
  }

  void patternEnds() {
    pattern = false;
  }

  void branchEnds() {
    pattern = open.length() > 0 && open.charAt(open.length() - 1) == 'e';
  }

  /** The list ends; what is still open was never closed. */
  void finish() {
    while (open.length() > 0) {
      budget.incomplete();
      open.setLength(open.length() - 1);
      sink.close();
    }
  }
}
