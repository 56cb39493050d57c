package io.governor.policy;

import java.util.List;

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
    StringBuilder text = new StringBuilder();
    for (PolicyProblem problem : problems) {
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
  public List<PolicyProblem> problems() {
    return problems;
  }
}
