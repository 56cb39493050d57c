package io.governor.shell;

import io.governor.shell.ScriptWord.Literal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builtins that change the directory or variables of the shell itself. */
final class ShellState {
  private static final Option.Valued CALLBACK = new Option.Valued("AcCdFGnOPsSuWX", Set.of());

  private static final int MAX_VALUES = 64;

  private ShellState() {}

  /** What a builtin of this name does, or null when it is none of these. */
  static @Nullable Program find(String name) {
    return switch (name) {
      case "cd", "pushd" -> ShellState::cd;
      case "popd" -> (arguments, all) -> all.walker().changeDirectory(null);
      case "export", "declare", "typeset", "local", "readonly" -> ShellState::assign;
      case "read", "unset", "getopts" -> ShellState::forget;
      case "mapfile", "readarray" -> ShellState::mapfile;
      case "compgen", "complete" -> ShellState::callback;
      case "alias" -> ShellState::alias;
      case "printf" -> ShellState::printf;
      default -> null;
    };
  }

  private static void cd(List<String> arguments, Programs programs) {
    @Nullable String target = "~";
    for (String argument : arguments) {
      if (!Arguments.isOption(argument) || argument.equals("-")) {
        target = argument;
        break;
      }
    }
    ScriptWalker walker = programs.walker();
    boolean searched = walker.variables().get("CDPATH") != null;
    if (searched) {
      programs.hint(Unknown.VALUE + "/" + target);
    }
    walker.changeDirectory(searched ? null : directory(target, walker));
  }

  private static @Nullable String directory(String target, ScriptWalker walker) {
    if (target.equals("~")) {
      @Nullable String set = walker.variables().get("HOME");
      return set == null
          ? walker.places().home()
          : Unknown.isKnown(set) ? walker.locate(set) : null;
    }
    return target.equals("-") || !Unknown.isKnown(target) ? null : walker.locate(target);
  }

  private static void assign(List<String> arguments, Programs programs) {
    if (arguments.stream().anyMatch(ShellState::refers)) {
      programs.walker().variables().forgetAll();
    }
    for (String argument : arguments) {
      ScriptWord word = new ScriptWord(List.of(new Literal(argument, false)));
      if (word.assignedName() != null) {
        programs.walker().assign(word);
      }
    }
  }

  private static boolean refers(String word) {
    return Arguments.isOption(word) && !word.startsWith("--") && word.indexOf('n') > 0;
  }

  private static void forget(List<String> arguments, Programs programs) {
    arguments.stream()
        .filter(argument -> !Arguments.isOption(argument))
        .forEach(programs.walker().variables()::forget);
  }

  /** Whether a program makes variables of what it is fed. */
  static boolean reads(String program) {
    return Set.of("read", "mapfile", "readarray").contains(program);
  }

  private static void printf(List<String> arguments, Programs programs) {
    if (arguments.size() > 2 && arguments.get(0).equals("-v")) {
      StringBuilder text = new StringBuilder(arguments.get(2));
      for (String value : arguments.subList(3, Math.min(arguments.size(), MAX_VALUES))) {
        int at = text.indexOf("%s");
        if (at >= 0 && programs.budget().admitExpansion(value.length())) {
          text.replace(at, at + 2, value);
        }
      }
      Touched.possible(text.toString(), programs.walker(), programs.findings());
      programs.walker().variables().forget(arguments.get(1));
    }
  }

  private static void mapfile(List<String> arguments, Programs programs) {
    callback(arguments, programs);
    forget(arguments, programs);
  }

  /** The command behind {@code -C} and the words behind {@code -W}, which are expanded. */
  private static void callback(List<String> arguments, Programs programs) {
    for (Option option : Option.read(new Arguments(arguments, false), CALLBACK)) {
      @Nullable String value = option.value();
      if (value != null && option.is("-C", "-F")) {
        programs.walker().script(value);
      } else if (value != null && option.is("-W")) {
        programs.walker().script(": " + value);
      }
    }
  }

  private static void alias(List<String> arguments, Programs programs) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals > 0) {
        programs.walker().alias(argument.substring(0, equals), argument.substring(equals + 1));
      }
    }
  }
}
