package io.governor.shell;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs that take a text and run it as commands: shells and what hands text to a shell. */
final class Scripts {
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "zsh", "dash", "ksh", "mksh", "ash", "fish", "rbash");
  private static final Option.Valued SSH_OPTIONS =
      new Option.Valued("BbcDEeFIiJLlmOopQRSWw", Set.of());
  private static final Option.Valued WATCH_OPTIONS =
      new Option.Valued("nq", Set.of("--interval", "--equexit"));
  private static final Option.Valued COMMAND_OPTION =
      new Option.Valued("cgGsTwE", Set.of("--command", "--group", "--shell", "--session-command"));

  private Scripts() {}

  /** What a program of this name does, or null when it is none of these. */
  static @Nullable Program find(String name) {
    return switch (name) {
      case "eval" -> Scripts::eval;
      case "trap" -> Scripts::trap;
      case "watch" -> (arguments, all) -> rest(arguments, WATCH_OPTIONS, 0, all);
      case "ssh" -> (arguments, all) -> rest(arguments, SSH_OPTIONS, 1, all);
      case ".", "source" -> Scripts::source;
      case "tmux" -> Scripts::tmux;
      case "cmd", "cmd.exe" -> Scripts::windows;
      case "pwsh", "powershell", "pwsh.exe", "powershell.exe" -> Scripts::powerShell;
      case "at", "batch" -> Scripts::fed;
      case "su", "runuser", "script", "flock" -> Scripts::commandOption;
      case "env" -> Scripts::splitByEnv;
      default -> isShell(name) ? Scripts::shell : null;
    };
  }

  static boolean isShell(String name) {
    return SHELLS.contains(name);
  }

  private static String join(List<String> words) {
    return String.join(" ", words);
  }

  private static void shell(List<String> arguments, Programs programs) {
    ShellOptions options = ShellOptions.of(arguments);
    @Nullable String script = options.script();
    if (script != null) {
      run(script, programs);
    } else if (options.readsInput()) {
      fed(arguments, programs);
    } else {
      file(options.operands(), programs);
    }
  }

  private static void source(List<String> arguments, Programs programs) {
    List<String> operands = withoutDashes(arguments);
    if (!operands.isEmpty() && ShellOptions.isInput(operands.get(0))) {
      fed(operands, programs);
    } else {
      file(operands, programs);
    }
  }

  /** A script is a program of its own to whoever names it. */
  private static void file(List<String> operands, Programs programs) {
    if (operands.isEmpty()) {
      return;
    }
    String file = operands.get(0);
    if (Unknown.isKnown(file)) {
      programs.ran(KnownCommands.baseName(file), operands.subList(1, operands.size()));
    } else {
      programs.ran(Programs.UNKNOWN, operands.subList(1, operands.size()));
      programs.budget().incomplete();
      substituted(file, programs);
    }
  }

  /** What the last substitution wrote, where the text says what it is. */
  private static void substituted(String word, Programs programs) {
    @Nullable String written = programs.walker().substituted();
    if (word.equals(Programs.UNKNOWN) && written != null) {
      programs.walker().script(written);
    }
  }

  private static void eval(List<String> arguments, Programs programs) {
    String script = join(withoutDashes(arguments));
    programs.walker().sameShell(script);
    substituted(script, programs);
  }

  private static List<String> withoutDashes(List<String> arguments) {
    boolean dashes = !arguments.isEmpty() && arguments.get(0).equals("--");
    return dashes ? arguments.subList(1, arguments.size()) : arguments;
  }

  private static void fed(List<String> arguments, Programs programs) {
    @Nullable String input = programs.input();
    if (input != null) {
      run(input, programs);
    }
  }

  /** What a new window runs is one text, or the words at the end. */
  private static void tmux(List<String> arguments, Programs programs) {
    for (int i = 1; i < arguments.size(); i++) {
      if (arguments.get(i).indexOf(' ') > 0) {
        programs.walker().script(arguments.get(i));
      }
    }
  }

  private static void windows(List<String> arguments, Programs programs) {
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (arguments.get(i).equalsIgnoreCase("/c") || arguments.get(i).equalsIgnoreCase("/k")) {
        programs.walker().script(join(arguments.subList(i + 1, arguments.size())));
        return;
      }
    }
  }

  private static void powerShell(List<String> arguments, Programs programs) {
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String option = arguments.get(i).toLowerCase(Locale.ROOT);
      if (option.length() > 1 && "-command".startsWith(option)) {
        programs.walker().script(join(arguments.subList(i + 1, arguments.size())));
        return;
      }
    }
  }

  private static void run(String script, Programs programs) {
    if (script.indexOf(Unknown.INPUT) == 0) {
      programs.loss(Loss.INPUT_RUN);
    }
    programs.walker().script(script);
  }

  private static void trap(List<String> arguments, Programs programs) {
    List<String> operands = withoutDashes(arguments);
    if (operands.size() > 1 && !Arguments.isOption(operands.get(0))) {
      programs.walker().script(operands.get(0));
    }
  }

  private static void rest(
      List<String> arguments, Option.Valued options, int operands, Programs programs) {
    int at = Prefixes.endOfOptions(arguments, options) + operands;
    if (at < arguments.size()) {
      programs.walker().script(join(arguments.subList(at, arguments.size())));
    } else if (operands > 0 && programs.input() != null) {
      programs.walker().script(programs.input());
    }
  }

  private static void commandOption(List<String> arguments, Programs programs) {
    for (Option option : Option.read(new Arguments(arguments, false), COMMAND_OPTION)) {
      String value = option.value();
      if (option.is("-c", "--command", "--session-command") && value != null) {
        programs.walker().script(value);
      }
    }
  }

  /** Whether {@code env -S} or {@code flock -c} makes words of a text itself. */
  static boolean isSplitByEnv(String name, List<String> arguments) {
    return switch (name) {
      case "env" -> splitOption(arguments) >= 0;
      case "flock" -> arguments.contains("-c") || arguments.contains("--command");
      default -> false;
    };
  }

  private static int splitOption(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (!Arguments.isOption(word) && word.indexOf('=') < 0) {
        return -1;
      }
      boolean cluster = !word.startsWith("--") && Arguments.isOption(word);
      if ((cluster && word.indexOf('S') > 0) || word.startsWith("--split-string")) {
        return i;
      }
    }
    return -1;
  }

  private static void splitByEnv(List<String> arguments, Programs programs) {
    int at = splitOption(arguments);
    if (at >= 0) {
      String option = arguments.get(at);
      int begins = option.startsWith("--") ? option.indexOf('=') : option.indexOf('S');
      String attached = begins < 0 ? "" : option.substring(begins + 1);
      List<String> rest = arguments.subList(at + 1, arguments.size());
      programs.walker().script(attached + " " + join(rest));
    }
  }

  /** A here-document for a program that runs what it reads. */
  static void feed(String name, List<String> arguments, String body, Programs programs) {
    if (runsInput(name, arguments)) {
      programs.walker().script(body);
    } else if (name.equals("ssh") || name.equals("at") || name.equals("batch")) {
      programs.walker().script(body);
    } else {
      Interpreters.feed(name, arguments, body, programs);
    }
  }

  private static boolean runsInput(String name, List<String> arguments) {
    if (name.equals("source") || name.equals(".")) {
      List<String> operands = withoutDashes(arguments);
      return !operands.isEmpty() && ShellOptions.isInput(operands.get(0));
    }
    ShellOptions options = ShellOptions.of(arguments);
    return isShell(name) && options.script() == null && options.readsInput();
  }
}
