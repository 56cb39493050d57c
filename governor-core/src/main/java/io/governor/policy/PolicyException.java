package io.governor.policy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy document was refused: everything that is wrong with it, in the order of the document.
 */
public final class PolicyException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient List<PolicyProblem> problems;

  PolicyException(String source, List<PolicyProblem> problems) {
    super(message(source, problems));
    this.problems = List.copyOf(problems);
  }

  private static String message(String source, List<PolicyProblem> problems) {
    return problems.stream()
        .map(problem -> problem.place().told(source, problem.path(), problem.message()))
        .collect(Collectors.joining("\n"));
  }

  /** What is wrong; never empty. */
  public List<PolicyProblem> problems() {
    return problems;
  }
}
