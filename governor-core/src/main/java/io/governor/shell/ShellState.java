package io.governor.shell;

import io.governor.shell.ScriptWord.Literal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builtins that change the directory or variables of the shell itself. */
final class ShellState {
  private ShellState() {}

  static Map<String, Program> programs() {
    Map<String, Program> programs = new HashMap<>();
    programs.put("cd", ShellState::cd);
    programs.put("pushd", ShellState::cd);
    programs.put("popd", (arguments, all) -> all.walker().changeDirectory(null));
    for (String name : Set.of("export", "declare", "typeset", "local", "readonly")) {
      programs.put(name, ShellState::assign);
    }
    for (String name : Set.of("read", "unset", "mapfile", "readarray", "getopts")) {
      programs.put(name, ShellState::forget);
    }
    return programs;
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
    for (String argument : arguments) {
      ScriptWord word = new ScriptWord(List.of(new Literal(argument, false)));
      if (word.assignedName() != null) {
        programs.walker().assign(word);
      }
    }
  }

  private static void forget(List<String> arguments, Programs programs) {
    arguments.stream()
        .filter(argument -> !Arguments.isOption(argument))
        .forEach(programs.walker().variables()::forget);
  }
}
