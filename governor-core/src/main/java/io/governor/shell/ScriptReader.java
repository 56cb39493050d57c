package io.governor.shell;

import io.governor.shell.Redirection.Operator;
import io.governor.shell.ScriptSink.End;
import io.governor.shell.ScriptSink.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    CommandList list = new CommandList((char) 0);
    while (!in.atEnd()) {
      list.read();
    }
    list.finish();
    hereDocuments.finish();
  }

  /** Reads the expansions in the body of a here-document. */
  void readBody() {
    new WordScanner(this, in).quotedToEnd();
  }

  /** The commands between parentheses whose opening is this long. */
  void parentheses(int opening) {
    in.skip(opening);
    scoped(() -> new CommandList(')').readToClose());
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

  private boolean arithmetic(int from) {
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
  void wordsInParentheses() {
    if (!budget.enter()) {
      in.toEnd();
      return;
    }
    in.skip(1);
    while (!in.atEnd() && in.peek() != ')') {
      int before = in.at();
      word();
      if (in.at() == before) {
        in.skip(1);
      }
    }
    in.close(budget);
    budget.leave();
  }

  private ScriptWord word() {
    return new WordScanner(this, in).word();
  }

  /** Commands up to a closing character. */
  private final class CommandList {
    private final char close;
    private final Keywords keywords = new Keywords(sink, budget);
    private List<ScriptWord> words = new ArrayList<>();
    private List<ScriptCommand.Redirect> redirects = new ArrayList<>();
    private final List<HereDocuments.Pending> documents = new ArrayList<>();
    private boolean piped;
    private boolean test;

    CommandList(char close) {
      this.close = close;
    }

    void readToClose() {
      while (!in.atEnd() && !closes()) {
        read();
      }
      finish();
      in.close(budget);
    }

    private boolean closes() {
      return in.peek() == close && !keywords.inPattern();
    }

    void finish() {
      if (test) {
        endTest();
      }
      endCommand(End.PLAIN);
      keywords.finish();
    }

    /** Reads one unit: a blank, a comment, an operator, a parenthesis, a word. */
    void read() {
      char c = in.peek();
      if (Syntax.isBlank(c)) {
        in.skip(1);
      } else if (in.looksAt("\\\n")) {
        in.skip(2);
      } else if (test) {
        inTest();
      } else if (c == '#') {
        comment();
      } else {
        readInCommand(c);
      }
    }

    private void readInCommand(char c) {
      @Nullable Operator operator = operatorHere();
      if (operator != null) {
        redirect(operator);
      } else if (Syntax.isSeparator(c)) {
        separator(c);
      } else if (c == '(') {
        openParenthesis();
      } else if (c == ')') {
        closeParenthesis();
      } else {
        ScriptWord word = word();
        if (!isDescriptor(word)) {
          add(word);
        }
      }
    }

    private void comment() {
      while (!in.atEnd() && in.peek() != '\n') {
        in.skip(1);
      }
    }

    /** In {@code [[ … ]]} operators compare. */
    private void inTest() {
      if (in.peek() == ';') {
        endTest();
      } else if (in.peek() == '\n' || "<>()|&".indexOf(in.peek()) >= 0) {
        in.skip(1);
      } else {
        test = !"]]".equals(word().bareText());
      }
    }

    /** A shell that knows no {@code [[} goes on with the next command here. */
    private void endTest() {
      budget.incomplete();
      test = false;
    }

    private @Nullable Operator operatorHere() {
      boolean process = Syntax.isProcessSubstitution(in.text(), in.at());
      return process ? null : Operator.at(in.text(), in.at());
    }

    private boolean isDescriptor(ScriptWord word) {
      @Nullable String text = word.bareText();
      boolean redirects = in.peek() == '<' || in.peek() == '>';
      return redirects
          && text != null
          && (Syntax.areDigits(text) || (text.startsWith("{") && text.endsWith("}")));
    }

    private void redirect(Operator operator) {
      in.skip(operator.length());
      while (Syntax.isBlank(in.peek())) {
        in.skip(1);
      }
      ScriptWord target = word();
      if (operator.isHeredoc()) {
        documents.add(HereDocuments.pending(operator, target));
      } else {
        redirects.add(new ScriptCommand.Redirect(operator, target));
      }
    }

    private void separator(char c) {
      in.skip(1);
      boolean pipe = c == '|' && in.peek() != '|';
      boolean doubled = c != '\n' && in.peek() == c;
      if (doubled || (c == '|' && in.peek() == '&')) {
        in.skip(1);
      }
      boolean background = c == '&' && !doubled;
      endCommand(pipe ? End.PIPE : background ? End.BACKGROUND : End.PLAIN);
      piped = pipe;
      if (c == '\n') {
        hereDocuments.readBodies();
      }
      if (c == ';' && (doubled || in.peek() == '&')) {
        keywords.branchEnds();
      }
    }

    private void openParenthesis() {
      if (keywords.inPattern()) {
        in.skip(1);
      } else if (words.isEmpty() && in.peek(1) == ')') {
        in.skip(2);
      } else if (words.size() == 1 && in.peek(1) == ')') {
        in.skip(2);
        functionNamed(words.get(0));
      } else if (in.peek(1) == '(' && arithmetic(in.at() + 2)) {
        words.clear();
        keywords.headerRead();
      } else {
        endCommand(End.PLAIN);
        parentheses(1);
      }
    }

    private void functionNamed(ScriptWord name) {
      words.clear();
      @Nullable String text = name.bareText();
      sink.function(text == null ? "" : text);
    }

    private void closeParenthesis() {
      in.skip(1);
      if (keywords.inPattern()) {
        words.clear();
        keywords.patternEnds();
      } else {
        budget.incomplete();
        endCommand(End.PLAIN);
      }
    }

    private void add(ScriptWord word) {
      boolean atCommand = words.isEmpty() && redirects.isEmpty();
      if (keywords.inHeader()) {
        keywords.headerWord(word);
      } else if (atCommand && "[[".equals(word.bareText())) {
        test = true;
      } else if (!atCommand || !keywords.read(word)) {
        words.add(word);
      }
    }

    private void endCommand(End end) {
      keywords.headerRead();
      ScriptCommand command = new ScriptCommand(words, redirects, piped);
      words = new ArrayList<>();
      redirects = new ArrayList<>();
      boolean empty = command.words().isEmpty() && command.redirects().isEmpty();
      if (!empty && !keywords.inPattern()) {
        tell(command);
      }
      hereDocuments.await(documents, command);
      documents.clear();
      piped = false;
      sink.end(end);
    }

    private void tell(ScriptCommand command) {
      if (budget.admitCommand()) {
        sink.command(command);
      } else {
        in.toEnd();
      }
    }
  }
}
