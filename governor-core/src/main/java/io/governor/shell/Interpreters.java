package io.governor.shell;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Programs that take code of a language on their command line. The code is not parsed: its string
 * literals are judged where it calls something that runs commands or removes trees.
 */
final class Interpreters {
  /** Which letters and long options stand before code. */
  private record Interpreter(String letters, Set<String> longOptions) {}

  private static final Map<String, Interpreter> BY_NAME =
      Map.ofEntries(
          Map.entry("python", new Interpreter("c", Set.of())),
          Map.entry("pypy", new Interpreter("c", Set.of())),
          Map.entry("node", new Interpreter("ep", Set.of("--eval", "--print"))),
          Map.entry("nodejs", new Interpreter("ep", Set.of("--eval", "--print"))),
          Map.entry("bun", new Interpreter("ep", Set.of("--eval", "--print"))),
          Map.entry("ruby", new Interpreter("e", Set.of())),
          Map.entry("perl", new Interpreter("eE", Set.of())),
          Map.entry("php", new Interpreter("rBRE", Set.of("--run"))),
          Map.entry("lua", new Interpreter("e", Set.of())));
  private static final Set<String> CODE_AS_OPERAND = Set.of("awk", "gawk", "mawk", "nawk");

  private Interpreters() {}

  /** What an interpreter of this name does, or null when it is none of these. */
  static @Nullable Program find(String name) {
    if (name.equals("deno") || CODE_AS_OPERAND.contains(name)) {
      return Interpreters::operand;
    }
    @Nullable Interpreter interpreter = BY_NAME.get(name);
    return interpreter == null
        ? null
        : (arguments, programs) -> run(interpreter, arguments, programs);
  }

  private static void operand(List<String> arguments, Programs programs) {
    for (String argument : arguments) {
      if (argument.indexOf('(') >= 0) {
        CodeScan.judge(argument, programs);
      }
    }
  }

  private static void run(Interpreter interpreter, List<String> arguments, Programs programs) {
    @Nullable String input = programs.input();
    boolean found = false;
    for (int i = 0; i < arguments.size() && Arguments.isOption(arguments.get(i)); i++) {
      @Nullable String code = code(interpreter, arguments, i);
      if (code != null) {
        CodeScan.judge(code, programs);
        found = true;
      }
    }
    if (!found && readsInput(arguments) && input != null) {
      CodeScan.judge(input, programs);
    }
  }

  private static boolean readsInput(List<String> arguments) {
    return arguments.stream().allMatch(Arguments::isOption);
  }

  private static @Nullable String code(Interpreter interpreter, List<String> arguments, int at) {
    String option = arguments.get(at);
    @Nullable String next = at + 1 < arguments.size() ? arguments.get(at + 1) : null;
    if (option.startsWith("--")) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      boolean takes = interpreter.longOptions().contains(name);
      return !takes ? null : equals < 0 ? next : option.substring(equals + 1);
    }
    for (int i = 1; i < option.length(); i++) {
      if (interpreter.letters().indexOf(option.charAt(i)) >= 0) {
        return i + 1 < option.length() ? option.substring(i + 1) : next;
      }
    }
    return null;
  }

  static void feed(String name, List<String> arguments, String body, Programs programs) {
    boolean known = BY_NAME.containsKey(KnownPrograms.withoutVersion(name));
    if (known && readsInput(arguments)) {
      CodeScan.judge(body, programs);
    }
  }
}
