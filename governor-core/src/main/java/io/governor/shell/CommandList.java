package io.governor.shell;

import io.governor.shell.Redirection.Operator;
import io.governor.shell.ScriptSink.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the commands of a list: of a script, a subshell or a substitution. Used once, by one
 * thread.
 */
final class CommandList {
  private static final Set<String> COMPARISONS = Set.of("=", "==", "!=", "=~");

  private final ScriptReader script;
  private final Cursor in;
  private final ReadingBudget budget;
  private final ScriptSink sink;
  private final HereDocuments hereDocuments;
  private final char close;
  private final Keywords keywords;
  private List<ScriptWord> words = new ArrayList<>();
  private List<ScriptCommand.Redirect> redirects = new ArrayList<>();
  private final List<HereDocuments.Pending> documents = new ArrayList<>();
  private boolean piped;
  private boolean test;
  private boolean compares;

  /** Whether the words follow {@code coproc}: the first may be its name. */
  private boolean coprocess;

  /**
   * @param close the character that ends the list, or zero for the end of the text
   */
  CommandList(
      ScriptReader script, Cursor in, ScriptSink sink, HereDocuments hereDocuments, char close) {
    this.script = script;
    this.in = in;
    this.budget = script.budget();
    this.sink = sink;
    this.hereDocuments = hereDocuments;
    this.close = close;
    this.keywords = new Keywords(sink, budget);
  }

  void readToEnd() {
    while (!in.atEnd()) {
      read();
    }
    finish();
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

  private void finish() {
    if (test) {
      endTest();
    }
    endCommand(End.PLAIN);
    keywords.finish();
  }

  /** Reads one unit: a blank, a comment, an operator, a parenthesis, a word. */
  private void read() {
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
      ScriptWord word = script.word();
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
      testWord(script.word());
    }
  }

  /** What stands right of a comparison is a pattern, and no file. */
  private void testWord(ScriptWord word) {
    @Nullable String text = word.bareText();
    test = !"]]".equals(text);
    if (test && !compares) {
      sink.test(word);
    }
    compares = text != null && COMPARISONS.contains(text);
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
    ScriptWord target = script.word();
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
    } else if (in.peek(1) == '(' && script.arithmetic(in.at() + 2)) {
      words.clear();
      keywords.headerRead();
    } else {
      endCommand(End.PLAIN);
      script.parentheses(1);
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
    if (Keywords.begins(word) && (isTimed() || isNamedCoprocess())) {
      if (isTimed()) {
        tell(new ScriptCommand(words, redirects, piped));
      }
      words = new ArrayList<>();
    }
    boolean atCommand = words.isEmpty() && redirects.isEmpty();
    if (keywords.inHeader()) {
      keywords.headerWord(word);
    } else if (atCommand && "[[".equals(word.bareText())) {
      test = true;
    } else if (!atCommand || !keywords.read(word)) {
      words.add(word);
    } else {
      coprocess = "coproc".equals(word.bareText());
    }
  }

  /** Behind {@code time} and its options a shell still takes reserved words for such. */
  private boolean isTimed() {
    for (int i = 0; i < words.size(); i++) {
      @Nullable String text = words.get(i).bareText();
      boolean time = text != null && (i == 0 ? text.equals("time") : text.startsWith("-"));
      if (!time) {
        return false;
      }
    }
    return !words.isEmpty() && redirects.isEmpty();
  }

  private boolean isNamedCoprocess() {
    return coprocess && words.size() == 1 && redirects.isEmpty();
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
    coprocess = false;
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
