package io.governor.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs what a script runs, on paper: notes the program, steps through programs that run others, and
 * asks the rules what would be lost. Used by one thread.
 */
final class Programs {
  /** Stands for the name of a program that is not known. */
  static final String UNKNOWN = String.valueOf(Unknown.VALUE);

  private static final int MAX_PREFIXES = 64;

  private final ScriptWalker walker;
  private final Findings findings;
  private final ReadingBudget budget;
  private @Nullable String input;

  Programs(ScriptWalker walker, Findings findings, ReadingBudget budget) {
    this.walker = walker;
    this.findings = findings;
    this.budget = budget;
  }

  ScriptWalker walker() {
    return walker;
  }

  Findings findings() {
    return findings;
  }

  ReadingBudget budget() {
    return budget;
  }

  /** What the text feeds to the program; null when it is fed nothing that is known here. */
  @Nullable String input() {
    return input;
  }

  /** A program runs another one that has no rules here. */
  void ran(String program, List<String> arguments) {
    findings.run(Unknown.isKnown(program) ? program : UNKNOWN, arguments);
  }

  /** Some program could take this for a path. */
  void hint(String path) {
    Touched.hint(path, walker, findings);
  }

  /** Code of a language that may name files. */
  void code(String code) {
    Touched.code(code, findings);
  }

  void loss(@Nullable Loss loss) {
    findings.loss(loss);
  }

  /** Runs a command that another one names among its words; it is fed what that one is fed. */
  void run(List<String> words) {
    run(words, input);
  }

  void run(List<String> words, @Nullable String fed) {
    if (!budget.enter()) {
      return;
    }
    @Nullable String before = input;
    input = fed;
    unwrap(words);
    input = before;
    budget.leave();
  }

  /** A here-document, which is read after the command it feeds. */
  void feed(List<String> words, String body) {
    List<String> innermost = words;
    for (int i = 0; i < MAX_PREFIXES && !innermost.isEmpty(); i++) {
      String name = KnownCommands.baseName(innermost.get(0));
      @Nullable List<String> next = Prefixes.command(name, innermost.subList(1, innermost.size()));
      if (next == null) {
        Scripts.feed(name, innermost.subList(1, innermost.size()), body, this);
        return;
      }
      innermost = next;
    }
  }

  private void unwrap(List<String> words) {
    List<String> left = words;
    for (int i = 0; i < MAX_PREFIXES && !left.isEmpty(); i++) {
      @Nullable String name = name(left.get(0));
      List<String> arguments = left.subList(1, left.size());
      if (name == null) {
        unknown(arguments);
        return;
      }
      @Nullable List<String> next = one(name, arguments);
      if (next == null) {
        return;
      }
      left = next;
    }
    if (!left.isEmpty()) {
      budget.incomplete();
    }
  }

  /** The program of a word, or null when only a running shell knows it. */
  private @Nullable String name(String word) {
    String name = KnownCommands.baseName(word);
    if (word.indexOf(Unknown.INPUT) >= 0) {
      loss(Loss.INPUT_RUN);
    }
    boolean test = name.equals("[") || name.equals("[[");
    boolean pattern = !test && !name.equals("{") && !PathName.isFixed(name);
    if (!Unknown.isKnown(name) || pattern || name.isEmpty()) {
      budget.incomplete();
      return null;
    }
    return name;
  }

  /** A program that only a running shell knows: its words are all that is known. */
  private void unknown(List<String> arguments) {
    findings.run(UNKNOWN, arguments);
    findings.links();
    Touched.arguments(UNKNOWN, arguments, walker, findings);
  }

  /** Runs one program; the command it is a prefix of, or null. */
  private @Nullable List<String> one(String name, List<String> arguments) {
    findings.run(name, arguments);
    @Nullable List<String> next = Prefixes.command(name, arguments);
    if (next == null) {
      Touched.arguments(name, arguments, walker, findings);
      KnownPrograms.find(name).run(arguments, this);
    } else {
      // The words of the command behind it are that one's.
      int own = arguments.size() - next.size();
      Touched.arguments(name, arguments.subList(0, own), walker, findings);
      Directories.of(arguments, own, walker, findings);
    }
    return next;
  }
}
