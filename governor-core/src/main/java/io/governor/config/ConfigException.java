package io.governor.config;

import java.util.List;
import java.util.stream.Collectors;

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
    return problems.stream()
        .map(problem -> problem.place().told(source, problem.path(), problem.message()))
        .collect(Collectors.joining("\n"));
  }

  /** What is wrong; never empty. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
