package io.governor.config;

import java.util.List;

/**
 * A configuration file was refused: everything that is wrong with it, in the order of the file. The
 * message has a line for each, {@code file:line:column: path: what}.
 */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient List<ConfigProblem> problems;

  ConfigException(String source, List<ConfigProblem> problems) {
    super(message(source, problems));
    this.problems = List.copyOf(problems);
  }

  private static String message(String source, List<ConfigProblem> problems) {
    StringBuilder text = new StringBuilder();
    for (ConfigProblem problem : problems) {
      text.append(text.isEmpty() ? "" : "\n")
          .append(source)
          .append(':')
          .append(problem.place().line())
          .append(':')
          .append(problem.place().column())
          .append(": ")
          .append(problem.path())
          .append(": ")
          .append(problem.message());
    }
    return text.toString();
  }

  /** What is wrong; never empty. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
