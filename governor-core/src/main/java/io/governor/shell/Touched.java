package io.governor.shell;

import io.governor.event.OperationClassification.Effect;
import io.governor.shell.Redirection.Operator;
import io.governor.shell.TouchedPath.Reach;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Finds the words of a command that name paths. A word counts when its form says so, and every
 * operand of a program of the record's file system table does. What only might be a path to the
 * program, a piece of a word or of code, is noted as a hint.
 */
final class Touched {
  private static final String FILESYSTEM = "filesystem";
  private static final int MAX_PATH = 4096;
  private static final String ANYWHERE = Unknown.VALUE + "/";
  private static final String IN_WORDS = "=:,;@()|<>'\"`";
  private static final String IN_CODE = IN_WORDS + " \t\n+{}[]&$";
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

  /** Programs with a language of their own in which files can be named. */
  private static final Set<String> CODE_PROGRAMS =
      Set.of(
          "sed",
          "gsed",
          "ssed",
          "awk",
          "gawk",
          "mawk",
          "nawk",
          "vi",
          "vim",
          "nvim",
          "view",
          "ex",
          "ed",
          "emacs",
          "jq",
          "sqlite3",
          "osascript",
          "Rscript",
          "julia",
          "tclsh",
          "expect",
          "gdb",
          "psql",
          "mysql",
          "pwsh",
          "powershell",
          "m4",
          "deno",
          "jshell",
          "elixir",
          "ghc",
          "swipl");

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
    boolean code = CODE_PROGRAMS.contains(program);
    for (String argument : arguments) {
      named(argument, files, walker, findings);
      if (code) {
        code(argument, findings);
      } else {
        pieces(argument, walker, findings);
      }
    }
    Directories.of(arguments, walker, findings);
    Trees.of(program, arguments, walker, findings);
  }

  private static void named(
      String argument, boolean files, ScriptWalker walker, Findings findings) {
    int equals = argument.indexOf('=');
    String value = argument.substring(equals + 1);
    if (equals > 0 && looksLikePath(value)) {
      path(value, walker, findings);
    }
    if (!argument.startsWith("-")) {
      if (files || (equals < 0 && looksLikePath(argument))) {
        path(argument, walker, findings);
      } else if (walker.isElsewhere()) {
        hint(argument, walker, findings);
      }
    }
  }

  private static boolean isOfFiles(String program) {
    if (FILE_PROGRAMS.contains(program)) {
      return true;
    }
    KnownCommand known = KnownCommands.find(program);
    return known != null && isFilesystem(known);
  }

  private static boolean isFilesystem(KnownCommand known) {
    for (Effect effect : known.outcome(new Arguments(List.of("x"), false)).effects()) {
      if (!effect.domain().equals(FILESYSTEM)) {
        return false;
      }
    }
    return true;
  }

  private static boolean looksLikePath(String word) {
    boolean begins = word.startsWith(".") || PathName.beginsAnywhere(word);
    boolean form = begins || (word.indexOf('/') >= 0 && word.indexOf(' ') < 0);
    return form && !Remote.isUrl(word);
  }

  static void path(String word, ScriptWalker walker, Findings findings) {
    if (isPath(word)) {
      findings.touch(walker.written(word), Reach.NAMED);
      if (word.startsWith("~") && word.indexOf('/') > 0) {
        findings.hint(Unknown.VALUE + word.substring(word.indexOf('/')), Reach.NAMED);
      }
    }
  }

  static boolean isPath(String word) {
    return !word.isEmpty() && word.length() <= MAX_PATH && word.indexOf('\n') < 0;
  }

  static void hint(String word, ScriptWalker walker, Findings findings) {
    if (isPath(word)) {
      findings.hint(walker.written(word), Reach.NAMED);
    }
  }

  /** A word between {@code [[} and {@code ]]}. */
  static void test(String word, ScriptWalker walker, Findings findings) {
    if (looksLikePath(word)) {
      path(word, walker, findings);
    }
  }

  /** A value that is not known for sure may be this path. */
  static void alternative(String word, ScriptWalker walker, Findings findings) {
    String value = word.substring(word.indexOf('=') + 1);
    if (looksLikePath(value)) {
      hint(value, walker, findings);
    }
  }

  /** The paths in a text that a variable may come to hold. */
  static void possible(String text, ScriptWalker walker, Findings findings) {
    StringTokenizer words = new StringTokenizer(text);
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      if (looksLikePath(word) && isPath(word)) {
        findings.possible(walker.written(word));
      }
    }
  }

  /** Paths behind signs that part lists, values and addresses, and behind an option's letter. */
  private static void pieces(String word, ScriptWalker walker, Findings findings) {
    if (word.indexOf('/') < 0 || word.chars().anyMatch(Character::isWhitespace)) {
      return;
    }
    StringTokenizer pieces = new StringTokenizer(word, IN_WORDS);
    while (pieces.hasMoreTokens()) {
      String piece = afterOption(pieces.nextToken());
      if (piece.startsWith("~") && piece.indexOf('/') > 0) {
        anywhere(piece, findings);
      } else if (piece.length() < word.length() && piece.indexOf('/') >= 0) {
        hint(piece, walker, findings);
      }
    }
  }

  private static String afterOption(String piece) {
    int slash = piece.startsWith("-") ? piece.indexOf('/') : 0;
    int tilde = piece.startsWith("-") ? piece.indexOf('~') : -1;
    return tilde >= 0 && tilde < slash
        ? piece.substring(tilde)
        : piece.substring(Math.max(0, slash));
  }

  /** Whatever stands between the signs of a language and looks like a path. */
  static void code(String code, Findings findings) {
    StringTokenizer pieces = new StringTokenizer(code, IN_CODE);
    while (pieces.hasMoreTokens()) {
      String piece = pieces.nextToken();
      if (looksLikePath(piece) && isPath(piece)) {
        if (piece.startsWith("/")) {
          findings.hint(piece, Reach.NAMED);
        }
        anywhere(piece, findings);
      }
    }
  }

  private static void anywhere(String path, Findings findings) {
    String rest = path.startsWith("~") ? path.substring(path.indexOf('/') + 1) : path;
    if (isPath(rest) && rest.chars().anyMatch(Character::isLetterOrDigit)) {
      findings.hint(ANYWHERE + rest, Reach.NAMED);
    }
  }
}
