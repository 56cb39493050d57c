package io.governor.shell;

import io.governor.shell.Redirection.Operator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the words of a command that name paths. A word counts when its form says so, and every
 * operand of a program of the record's file system table does.
 */
final class Touched {
  private static final String FILESYSTEM = "filesystem";
  private static final Set<String> FILE_PROGRAMS =
      Set.of(
          "cd",
          "pushd",
          "tar",
          "less",
          "more",
          "vi",
          "vim",
          "nano",
          "source",
          ".",
          "install",
          "rsync",
          "scp",
          "tee",
          "xxd",
          "od",
          "strings",
          "base64",
          "sha256sum",
          "md5sum",
          "open");

  private Touched() {}

  static void redirect(Operator operator, String target, ScriptWalker walker, Findings findings) {
    boolean descriptors =
        operator == Operator.WRITE_TO_DESCRIPTOR || operator == Operator.READ_FROM_DESCRIPTOR;
    boolean descriptor = descriptors && (Syntax.areDigits(target) || target.endsWith("-"));
    if (!descriptor) {
      path(target, walker, findings);
    }
  }

  static void arguments(
      String program, List<String> arguments, ScriptWalker walker, Findings findings) {
    boolean files = isOfFiles(program);
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String value = argument.substring(equals + 1);
      if (equals > 0 && looksLikePath(value)) {
        path(value, walker, findings);
      }
      if (!argument.startsWith("-") && (files || (equals < 0 && looksLikePath(argument)))) {
        path(argument, walker, findings);
      }
    }
  }

  private static boolean isOfFiles(String program) {
    KnownCommand known = KnownCommands.find(program);
    return FILE_PROGRAMS.contains(program) || (known != null && isFilesystem(known));
  }

  private static boolean isFilesystem(KnownCommand known) {
    return known.outcome(new Arguments(List.of("x"), false)).effects().stream()
        .allMatch(effect -> effect.domain().equals(FILESYSTEM));
  }

  private static boolean looksLikePath(String word) {
    boolean begins = word.startsWith(".") || word.startsWith("/");
    boolean form = begins || (word.indexOf('/') >= 0 && word.indexOf(' ') < 0);
    return form && !Remote.isUrl(word);
  }

  static void path(String word, ScriptWalker walker, Findings findings) {
    boolean known = Unknown.isKnown(word) && !word.isEmpty() && word.indexOf('\n') < 0;
    if (known) {
      @Nullable String path = findings.mayTouch() ? walker.locate(word) : null;
      if (path != null) {
        findings.touch(path.isEmpty() ? "." : path);
      }
    }
  }
}
