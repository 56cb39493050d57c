package io.governor.shell;

import java.util.List;

/** The paragraph "Processes" of the execution record, section 8.3. */
final class ProcessCommands {
  private static final Outcome EXECUTE = Outcome.of(Effects.of("process", "execute N"));

  private ProcessCommands() {}

  /** Whatever its arguments say. */
  static Outcome program(Arguments arguments) {
    return EXECUTE;
  }

  static Outcome python(Arguments arguments) {
    return interpreter(arguments, "-c");
  }

  static Outcome node(Arguments arguments) {
    return interpreter(arguments, "-e");
  }

  static Outcome rubyOrPerl(Arguments arguments) {
    return interpreter(arguments, "-c", "-e");
  }

  /**
   * An interpreter runs a program from a file; a program from its arguments or a heredoc could be
   * anything. Here-strings are not heredocs to the format.
   */
  private static Outcome interpreter(Arguments arguments, String... programOptions) {
    boolean programGiven =
        arguments.has(programOptions) || arguments.hasWord("-") || arguments.heredoc();
    return programGiven ? Outcome.UNKNOWN : EXECUTE;
  }

  /**
   * The sub-command is the first word, unless that is an option. No sub-command stands in a table.
   */
  static Outcome container(Arguments arguments) {
    List<String> first = arguments.namesBeforeOptions().stream().limit(1).toList();
    return new Outcome(first, word -> false, Effects.ONLY_UNKNOWN);
  }
}
