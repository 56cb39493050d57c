package io.governor.shell;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a shell command would do, as far as the text tells: which programs it would run,
 * nested and wrapped ones included, which paths it names, and whether it would lose work or data in
 * a way that is hard to undo. Nothing is executed and no file is looked at. Immutable; threads may
 * share it.
 *
 * <p>Reading refuses nothing and throws for no text. It reads up to 1 MiB of characters, 48 levels
 * of nesting and 20,000 commands, in time that grows with the text; beyond a bound, for text a
 * shell would refuse, and where a program's name is only known to a running shell, {@link
 * #complete} is false and the rest of the answers hold for what could be read.
 *
 * <p>It follows POSIX.1-2017, Shell Command Language, and the Bash Reference Manual. What counts as
 * destructive follows the documented default behaviour of Claude Code Safety Net for git, {@code
 * rm}, {@code find}, {@code xargs} and {@code parallel}, and the programs' manuals for the rest. It
 * has nothing to do with the classification of an execution record, which {@link ShellClassifier}
 * makes.
 */
public final class ShellCommand {
  private final boolean complete;
  private final @Nullable Loss loss;
  private final List<Findings.Run> runs;
  private final List<Path> touched;
  private final List<TouchedPath> named;
  private final List<TouchedPath> hinted;
  private final boolean cutOff;

  private ShellCommand(Findings findings, ReadingBudget budget) {
    this.loss = findings.loss();
    this.runs = findings.runs();
    this.touched = findings.touched();
    this.named = findings.named();
    this.hinted = findings.hinted();
    this.cutOff = budget.exhausted() || findings.dropped();
    this.complete = budget.complete();
  }

  /** Reads a command whose working directory nobody knows; it counts as a place to work in. */
  public static ShellCommand read(String text) {
    return read(text, null, null);
  }

  /**
   * Reads a command.
   *
   * @param text the command
   * @param workingDirectory where it would start, or null when that is not known; what it removes
   *     below there is not counted as a loss, unless that is the root or the home directory
   * @param home the home directory of its user, or null when that is not known
   */
  public static ShellCommand read(
      String text, @Nullable Path workingDirectory, @Nullable Path home) {
    ReadingBudget budget = new ReadingBudget();
    Findings findings = new Findings(budget);
    Places places = Places.of(workingDirectory, home);
    new ScriptWalker(budget, places, findings).sameShell(text);
    return new ShellCommand(findings, budget);
  }

  /** Whether all of the text could be read and every program's name is known. */
  public boolean complete() {
    return complete;
  }

  /**
   * Whether a bound kept part of it from being read, so that it may do anything besides. Text that
   * a shell would refuse, or a program whose name is not known, are no bounds.
   */
  public boolean cutOff() {
    return cutOff;
  }

  /** Whether it would lose work or data in a way that is hard to undo. */
  public boolean destructive() {
    return loss != null;
  }

  /** One of a closed set of sentences that hold nothing of the text, or null. */
  public @Nullable String destructiveReason() {
    return loss == null ? null : loss.sentence();
  }

  /** Whether any command in it is one the pattern names. */
  public boolean runs(CommandPattern pattern) {
    return runs(pattern, false);
  }

  /**
   * Whether any command in it may be one the pattern names: also where a word is only known to a
   * running shell, and where only the program knows whether a word is the option. A word that is
   * not known at all is not taken for an option.
   */
  public boolean mayRun(CommandPattern pattern) {
    return runs(pattern, true);
  }

  private boolean runs(CommandPattern pattern, boolean inDoubt) {
    for (Findings.Run run : runs) {
      if (pattern.matches(run, inDoubt)) {
        return true;
      }
    }
    return false;
  }

  /** The base names of the programs and builtins, in the order a shell would come to them. */
  public List<String> programs() {
    return runs.stream().map(Findings.Run::program).filter(Unknown::isKnown).toList();
  }

  /**
   * The paths the text names as operands or targets of redirections: lexically normalised, {@code
   * ~} and {@code $HOME} replaced where the home is known, absolute where the directory is known at
   * that point. Paths that depend on a running shell are missing.
   */
  public List<Path> touched() {
    return touched;
  }

  /**
   * The same paths as they are written, and besides those that are not known in full: with
   * patterns, with parts that depend on a running shell.
   */
  public List<TouchedPath> named() {
    return named;
  }

  /**
   * What programs may take for paths: pieces of words and of code, what a copy makes in a folder,
   * folders that are removed or moved with all that is in them, what a default says, and, where a
   * variable is used whose value is not known, the paths that the text gives to variables.
   */
  public List<TouchedPath> hinted() {
    return hinted;
  }

  /** Sizes only: the rest is what somebody typed. */
  @Override
  public String toString() {
    return "ShellCommand["
        + (complete ? "complete, " : "incomplete, ")
        + (loss == null ? "not destructive, " : "destructive, ")
        + programs().size()
        + " programs, "
        + touched.size()
        + " paths]";
  }
}
