package io.governor.shell;

import java.util.ArrayList;
import java.util.List;

/** Judges the string literals of code that calls what runs commands or removes trees. */
final class CodeScan {
  private static final int MAX_LITERALS = 200;

  /** Of the words in code, any of the first ones may be a program. */
  private static final int MAX_UNKNOWN = 8;

  private static final List<String> RUNNING =
      List.of(
          "system",
          "exec",
          "popen",
          "spawn",
          "subprocess",
          "shell_exec",
          "passthru",
          "`",
          "%x",
          "qx",
          "Open3",
          "Popen",
          "getoutput");
  private static final List<String> REMOVING =
      List.of(
          "rmtree",
          "rm_rf",
          "rm_r(",
          "rmSync",
          "fs.rm(",
          "rmdirSync",
          "remove_tree",
          "removeSync",
          "rimraf",
          "remove_entry_secure",
          "Deno.remove");

  private CodeScan() {}

  static void judge(String code, Programs programs) {
    programs.code(code);
    boolean runs = RUNNING.stream().anyMatch(code::contains);
    boolean removes = REMOVING.stream().anyMatch(code::contains);
    if (runs || removes) {
      List<String> literals = literals(code, programs.budget());
      if (runs) {
        run(literals, programs);
      }
      if (removes) {
        programs.loss(Removal.ofTrees(orUnknown(literals), programs));
      }
    }
  }

  /** A literal with a blank may be a command; short ones may be the words of one. */
  private static void run(List<String> literals, Programs programs) {
    List<String> words = new ArrayList<>();
    for (String literal : literals) {
      if (literal.indexOf(' ') >= 0) {
        programs.walker().script(literal);
      } else {
        words.add(literal);
      }
    }
    runWords(words, programs);
  }

  /** A list of words is a command from the first one on that names a program a rule knows. */
  private static void runWords(List<String> words, Programs programs) {
    for (int i = 0; i < words.size(); i++) {
      if (KnownPrograms.isKnown(KnownCommands.baseName(words.get(i)))) {
        programs.run(words.subList(i, words.size()), null);
        return;
      }
    }
    for (int i = 0; i < Math.min(words.size(), MAX_UNKNOWN); i++) {
      programs.ran(Programs.UNKNOWN, words.subList(i + 1, words.size()));
    }
  }

  private static List<String> orUnknown(List<String> literals) {
    return literals.isEmpty() ? List.of(String.valueOf(Unknown.VALUE)) : literals;
  }

  private static List<String> literals(String code, ReadingBudget budget) {
    List<String> literals = new ArrayList<>();
    int at = 0;
    while (at < code.length()) {
      char c = code.charAt(at);
      if (c == '"' || c == '\'' || c == '`') {
        int close = close(code, at);
        add(literals, code.substring(at + 1, close), budget);
        at = close + 1;
      } else {
        at++;
      }
    }
    return literals;
  }

  private static void add(List<String> literals, String literal, ReadingBudget budget) {
    if (literals.size() == MAX_LITERALS) {
      budget.incomplete();
    } else if (!literal.isEmpty()) {
      literals.add(literal);
    }
  }

  private static int close(String code, int open) {
    int at = open + 1;
    while (at < code.length() && code.charAt(at) != code.charAt(open)) {
      at += code.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, code.length());
  }
}
