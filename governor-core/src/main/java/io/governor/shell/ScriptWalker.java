package io.governor.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows a script command by command, with the directory, the variables and the pipes a shell
 * would have at that point. Used by one thread.
 */
final class ScriptWalker implements ScriptSink {
  private static final int MAX_ALIASES = 1000;
  private static final String ANY = String.valueOf(Unknown.VALUE);

  /** What a scope's end brings back. */
  private record Frame(
      Scope scope,
      @Nullable String directory,
      int variables,
      @Nullable String function,
      @Nullable String beforePipe,
      boolean inPipe,
      @Nullable String output) {
    @Override
    public String toString() {
      return "Frame[" + scope + "]";
    }
  }

  private final ReadingBudget budget;
  private final Places places;
  private final Findings findings;
  private final Programs programs;
  private final Variables variables = new Variables();
  private final SelfCalls selfCalls;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private @Nullable String directory;
  private @Nullable String beforePipe;
  private boolean inPipe;
  private @Nullable String pendingFunction;
  private @Nullable String output;
  private @Nullable String lastOutput;
  private @Nullable String substituted;
  private final Map<String, String> aliases = new HashMap<>();

  ScriptWalker(ReadingBudget budget, Places places, Findings findings) {
    this.budget = budget;
    this.places = places;
    this.findings = findings;
    this.programs = new Programs(this, findings, budget);
    this.selfCalls = new SelfCalls(findings);
    this.directory = places.start();
    this.beforePipe = places.start();
  }

  Places places() {
    return places;
  }

  /** The directory at this point; empty is where the text starts, null is anywhere. */
  @Nullable String directory() {
    return directory;
  }

  void changeDirectory(@Nullable String target) {
    directory = target;
  }

  /** The path a word names here, or null when that is not known. */
  @Nullable String locate(String word) {
    boolean absolute = word.startsWith("/");
    @Nullable String from = directory;
    return from == null && !absolute ? null : LexicalPath.resolve(from == null ? "/" : from, word);
  }

  /** A word as a path that begins here: as it is written, with a gap for what is not known. */
  String written(String word) {
    return PathName.beginsAnywhere(word)
        ? word
        : directory == null ? ANY + "/" + word : within(directory, word);
  }

  private static String within(String directory, String word) {
    return directory.isEmpty() ? word : directory + (directory.equals("/") ? "" : "/") + word;
  }

  /** Whether the directory is another one than where the text starts. */
  boolean isElsewhere() {
    return !places.start().equals(directory);
  }

  Variables variables() {
    return variables;
  }

  /** Reads a text as commands of a shell of its own. */
  void script(String text) {
    open(Scope.SUBSHELL);
    sameShell(text);
    close();
  }

  /** Reads a text as commands of this shell. */
  void sameShell(String text) {
    if (budget.enter()) {
      new ScriptReader(text, budget, this).read();
      budget.leave();
    }
  }

  @Override
  public void command(ScriptCommand command) {
    redirects(command);
    command.words().forEach(this::alternatives);
    int first = 0;
    while (first < command.words().size() && assigns(command, first)) {
      first++;
    }
    List<ScriptWord> assignments = command.words().subList(0, first);
    List<ScriptWord> rest = command.words().subList(first, command.words().size());
    List<String> before = assignments.isEmpty() ? List.of() : expand(rest);
    Variables.Saved saved = variables.saved(names(assignments));
    assignments.forEach(this::assign);
    List<String> words = expand(rest);
    if (!words.isEmpty()) {
      run(words, input(command));
      variables.restore(saved);
    }
    // A shell takes what the variables held before; a reader hardly does.
    if (!before.isEmpty() && !before.equals(words)) {
      run(before, input(command));
    }
  }

  private static List<String> names(List<ScriptWord> assignments) {
    return assignments.stream().map(word -> Objects.requireNonNull(word.assignedName())).toList();
  }

  private static boolean assigns(ScriptCommand command, int index) {
    return command.words().get(index).assignedName() != null;
  }

  /** Also for words after {@code export} and its like. */
  void assign(ScriptWord word) {
    String value = expansion().text(word.assignedValue(), directory);
    String name = Objects.requireNonNull(word.assignedName());
    if (name.equals("GLOBIGNORE")) {
      findings.dots();
    }
    @Nullable String before = variables.get(name);
    String set = word.appends() ? (before == null ? ANY : before) + value : value;
    variables.set(name, set);
    Touched.possible(set, this, findings);
    possible(word.assignedValue());
  }

  /** What an array or a default holds may become a variable's value. */
  private void possible(ScriptWord word) {
    for (ScriptWord inside : word.inside()) {
      Touched.possible(expansion().likely().text(inside, directory), this, findings);
    }
  }

  /** What a word could be where the text says so. */
  private void alternatives(ScriptWord word) {
    if (word.hasAlternatives()) {
      for (String text : expansion().likely().words(word, directory)) {
        Touched.alternative(text, this, findings);
      }
      possible(word);
    }
  }

  private Expansion expansion() {
    return new Expansion(variables, places, budget);
  }

  @Override
  public void test(ScriptWord word) {
    expand(List.of(word)).forEach(text -> Touched.test(text, this, findings));
    alternatives(word);
  }

  private List<String> expand(List<ScriptWord> words) {
    List<String> expanded = new ArrayList<>();
    for (ScriptWord word : words) {
      Expansion expansion = expansion();
      expanded.addAll(expansion.words(word, directory));
      if (expansion.unsure()) {
        findings.unsure();
      }
    }
    return expanded;
  }

  /** What the last substitution or subshell wrote, where the text says what it is, or null. */
  @Nullable String substituted() {
    return substituted;
  }

  /** A name for the beginning of a command. */
  void alias(String name, String begins) {
    if (aliases.size() < MAX_ALIASES) {
      aliases.put(name, begins);
    } else {
      budget.incomplete();
    }
  }

  /** A shell may or may not replace an alias, so both are read. */
  private void runAlias(List<String> words) {
    @Nullable String begins = aliases.remove(words.get(0));
    if (begins != null) {
      String command = begins + " " + String.join(" ", words.subList(1, words.size()));
      if (budget.admitExpansion(command.length())) {
        sameShell(command);
      }
      aliases.put(words.get(0), begins);
    }
  }

  private void run(List<String> words, @Nullable String input) {
    runAlias(words);
    selfCalls.run(words.get(0));
    output = Echo.output(words);
    programs.run(words, input);
  }

  private void redirects(ScriptCommand command) {
    for (ScriptCommand.Redirect redirect : command.redirects()) {
      if (redirect.operator() == Redirection.Operator.HERE_STRING) {
        Touched.possible(expansion().likely().text(redirect.target(), directory), this, findings);
        continue;
      }
      alternatives(redirect.target());
      for (String target : expand(List.of(redirect.target()))) {
        findings.loss(Devices.written(redirect.operator(), target));
        Touched.redirect(redirect.operator(), target, this, findings);
      }
    }
  }

  /** What feeds the command, as far as it is known; null when nothing in the text does. */
  private @Nullable String input(ScriptCommand command) {
    @Nullable String fed = command.piped() ? (output == null ? ANY : output) : null;
    for (ScriptCommand.Redirect redirect : command.redirects()) {
      if (redirect.operator() == Redirection.Operator.HERE_STRING) {
        fed = expansion().text(redirect.target(), directory);
      } else if (redirect.operator() == Redirection.Operator.READ) {
        fed = ANY;
      }
    }
    return fed;
  }

  @Override
  public void hereDocument(String body, ScriptCommand command) {
    List<String> words =
        expand(command.words().stream().filter(word -> word.assignedName() == null).toList());
    if (words.isEmpty() || ShellState.reads(words.get(0))) {
      Touched.possible(body, this, findings);
    } else {
      programs.feed(words, body);
    }
  }

  @Override
  public void end(End end) {
    selfCalls.end(end);
    boolean child = inPipe || end != End.PLAIN;
    if (child) {
      directory = beforePipe;
    }
    inPipe = end == End.PIPE;
    beforePipe = directory;
    lastOutput = output == null ? lastOutput : output;
    if (end != End.PIPE) {
      output = null;
    }
  }

  @Override
  public void open(Scope scope) {
    frames.push(
        new Frame(scope, directory, variables.mark(), pendingFunction, beforePipe, inPipe, output));
    beforePipe = directory;
    inPipe = false;
    output = null;
    if (pendingFunction != null) {
      selfCalls.open(pendingFunction);
    }
    pendingFunction = null;
  }

  @Override
  public void close() {
    Frame frame = frames.pop();
    if (frame.function() != null) {
      selfCalls.close();
    }
    if (frame.scope() == Scope.SUBSHELL) {
      substituted = lastOutput;
      lastOutput = null;
      directory = frame.directory();
      variables.undo(frame.variables());
    } else if (frame.scope() == Scope.CONDITIONAL || frame.function() != null) {
      directory = Objects.equals(directory, frame.directory()) ? directory : null;
      variables.blur(frame.variables());
    }
    beforePipe = frame.beforePipe();
    inPipe = frame.inPipe();
    output = frame.output();
  }

  @Override
  public void function(String name) {
    pendingFunction = name;
  }

  @Override
  public void loop(String variable, List<ScriptWord> values) {
    List<String> words = expand(values);
    words.forEach(word -> Touched.possible(word, this, findings));
    variables.set(variable, words.size() == 1 ? words.get(0) : ANY);
  }
}
