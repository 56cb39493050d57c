package io.governor.shell;

import io.governor.shell.ScriptSink.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a shell script from its text and tells a sink every simple command in it, those in
 * substitutions, subshells, groups, branches, loops and functions included (POSIX.1-2017, Shell
 * Command Language; Bash Reference Manual, chapter 3).
 *
 * <p>{@link CommandReader} is another reader on purpose: the execution record fixes its output, and
 * it knows no comments, no reserved words and no contents of substitutions. This one does not
 * insist on the grammar: what a shell would refuse is read as far as it goes, for a command that is
 * judged needlessly harms less than one that is overlooked. One pass, except that an arithmetic
 * {@code ((} is looked through once more to tell it from two parentheses; recursion is bounded by
 * the budget. Used once, by one thread.
 */
final class ScriptReader {
  private final Cursor in;
  private final ReadingBudget budget;
  private final ScriptSink sink;
  private final HereDocuments hereDocuments;

  ScriptReader(String text, ReadingBudget budget, ScriptSink sink) {
    this.in = new Cursor(budget.admit(text));
    this.budget = budget;
    this.sink = sink;
    this.hereDocuments = new HereDocuments(in, this, sink);
  }

  ReadingBudget budget() {
    return budget;
  }

  void read() {
    commands((char) 0).readToEnd();
    hereDocuments.finish();
  }

  /** Reads the expansions in the body of a here-document. */
  void readBody() {
    new WordScanner(this, in).quotedToEnd();
  }

  /** The commands between parentheses whose opening is this long. */
  void parentheses(int opening) {
    in.skip(opening);
    scoped(() -> commands(')').readToClose());
  }

  private CommandList commands(char close) {
    return new CommandList(this, in, sink, hereDocuments, close);
  }

  private void scoped(Runnable contents) {
    if (!budget.enter()) {
      in.toEnd();
      return;
    }
    sink.open(Scope.SUBSHELL);
    contents.run();
    sink.close();
    budget.leave();
  }

  /** A substitution, or an arithmetic when what follows closes like one. */
  void dollarParentheses() {
    if (in.peek(2) == '(' && arithmetic(in.at() + 3)) {
      return;
    }
    parentheses(2);
  }

  /** Reads an arithmetic whose contents begin there; false when it is none. */
  boolean arithmetic(int from) {
    int end = Arithmetic.end(in.text(), from);
    if (end >= 0 && budget.enter()) {
      in.jump(from);
      new WordScanner(this, in).expansionsUntil(end);
      in.jump(end + 2);
      budget.leave();
    }
    return end >= 0;
  }

  void backticks() {
    in.skip(1);
    String commands = Backticks.read(in, budget);
    scoped(() -> new ScriptReader(commands, budget, sink).read());
  }

  /** Words in parentheses that are no commands: the items of an array, a pattern. */
  List<ScriptWord> wordsInParentheses() {
    List<ScriptWord> words = new ArrayList<>();
    if (!budget.enter()) {
      in.toEnd();
      return words;
    }
    in.skip(1);
    while (!in.atEnd() && in.peek() != ')') {
      int before = in.at();
      ScriptWord word = word();
      if (in.at() == before) {
        in.skip(1);
      } else {
        words.add(word);
      }
    }
    in.close(budget);
    budget.leave();
    return words;
  }

  ScriptWord word() {
    return new WordScanner(this, in).word();
  }
}
