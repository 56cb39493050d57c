package io.governor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code xargs} and {@code parallel}: commands with words added from an input (their manuals). */
final class InputRunners {
  private static final String INPUT = String.valueOf(Unknown.INPUT);
  private static final int MAX_INPUTS = 256;

  /** Placeholders for the input without its ending, its directory, and so on. */
  private static final List<String> CHANGED_INPUT = List.of("{.}", "{/}", "{//}", "{/.}", "{2}");

  private static final Option.Valued XARGS =
      new Option.Valued(
          "aEdILnPsJRS",
          Set.of(
              "--arg-file",
              "--delimiter",
              "--max-args",
              "--max-procs",
              "--max-chars",
              "--process-slot-var"));
  private static final Option.Valued PARALLEL =
      new Option.Valued(
          "aCdEIjLNnPsS",
          Set.of(
              "--arg-file",
              "--colsep",
              "--delimiter",
              "--jobs",
              "--max-procs",
              "--max-args",
              "--max-replace-args",
              "--sshlogin",
              "--joblog",
              "--results",
              "--timeout",
              "--delay",
              "--retries",
              "--workdir",
              "--wd",
              "--tmpdir",
              "--halt",
              "--memfree",
              "--load",
              "--nice",
              "--tagstring",
              "--env",
              "--basefile",
              "--transferfile",
              "--return"));

  private InputRunners() {}

  /** What a program of this name does, or null when it is none of these. */
  static @Nullable Program find(String name) {
    return switch (name) {
      case "xargs", "gxargs" -> InputRunners::xargs;
      case "parallel" -> InputRunners::parallel;
      default -> null;
    };
  }

  private static void xargs(List<String> arguments, Programs programs) {
    int at = Prefixes.endOfOptions(arguments, XARGS);
    if (at < arguments.size()) {
      @Nullable String placeholder = placeholder(arguments.subList(0, at));
      List<String> command = new ArrayList<>();
      for (String word : arguments.subList(at, arguments.size())) {
        command.add(placeholder == null ? word : fill(word, placeholder, INPUT, programs));
      }
      command.add(INPUT);
      programs.run(command, null);
    }
  }

  /** What {@code xargs} replaces in its command, or null when it adds at the end only. */
  private static @Nullable String placeholder(List<String> options) {
    for (int i = 0; i < options.size(); i++) {
      String word = options.get(i);
      if (word.startsWith("--replace")) {
        return orBraces(
            word.substring(word.indexOf('=') < 0 ? word.length() : word.indexOf('=') + 1));
      }
      int letter = word.startsWith("--") || !Arguments.isOption(word) ? -1 : replaces(word);
      if (letter > 0) {
        boolean next = word.charAt(letter) != 'i' && letter == word.length() - 1;
        boolean hasNext = next && i + 1 < options.size();
        return orBraces(hasNext ? options.get(i + 1) : word.substring(letter + 1));
      }
    }
    return null;
  }

  /** Letters before it that take a value would swallow it; they are rare in front of it. */
  private static int replaces(String cluster) {
    for (int i = 1; i < cluster.length(); i++) {
      if ("IiJ".indexOf(cluster.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static String orBraces(String placeholder) {
    return placeholder.isEmpty() ? "{}" : placeholder;
  }

  private static String fill(String word, String placeholder, String value, Programs programs) {
    if (word.indexOf(placeholder) < 0) {
      return word;
    }
    int at = 0;
    StringBuilder filled = new StringBuilder();
    for (int next = word.indexOf(placeholder); next >= 0; next = word.indexOf(placeholder, at)) {
      boolean affordable = programs.budget().admitExpansion(value.length());
      filled.append(word, at, next).append(affordable ? value : INPUT);
      at = next + placeholder.length();
    }
    return filled.append(word, at, word.length()).toString();
  }

  private static void parallel(List<String> arguments, Programs programs) {
    int at = Prefixes.endOfOptions(arguments, PARALLEL);
    int inputsAt = at;
    while (inputsAt < arguments.size() && !arguments.get(inputsAt).startsWith(":::")) {
      inputsAt++;
    }
    if (at < arguments.size() || programs.input() != null) {
      List<String> inputs = inputs(arguments.subList(inputsAt, arguments.size()), programs);
      run(arguments.subList(Math.min(at, inputsAt), inputsAt), inputs, programs);
    }
  }

  /** The inputs behind {@code :::}; without them they come from outside. */
  private static List<String> inputs(List<String> words, Programs programs) {
    List<String> inputs = new ArrayList<>();
    boolean given = false;
    for (String word : words) {
      if (word.startsWith(":::")) {
        given = word.equals(":::") || word.equals(":::+");
      } else {
        inputs.add(given ? word : INPUT);
      }
    }
    if (inputs.size() > MAX_INPUTS) {
      programs.budget().incomplete();
      return inputs.subList(0, MAX_INPUTS);
    }
    return words.isEmpty() ? List.of(INPUT) : inputs;
  }

  /** Runs the command once for every input, as the program does. */
  private static void run(List<String> command, List<String> inputs, Programs programs) {
    boolean script = command.size() == 1 && command.get(0).indexOf(' ') >= 0;
    for (String input : inputs) {
      if (!programs.budget().admitExpansion(command.size())) {
        return;
      }
      List<String> words = withInput(command, input, programs);
      boolean text = script || command.isEmpty();
      programs.run(text ? List.of("sh", "-c", String.join(" ", words)) : words, null);
    }
  }

  /** The command with one input in its placeholders, or behind it when it has none. */
  private static List<String> withInput(List<String> command, String input, Programs programs) {
    List<String> words = new ArrayList<>();
    for (String word : command) {
      String filled = fill(fill(word, "{}", input, programs), "{1}", input, programs);
      for (String changed : CHANGED_INPUT) {
        filled = fill(filled, changed, INPUT, programs);
      }
      words.add(filled);
    }
    if (words.equals(command)) {
      words.add(input);
    }
    return words;
  }
}
