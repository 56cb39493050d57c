package io.governor.policy;

import io.governor.policy.PolicyProblem.Severity;
import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything said about one document while it is read. Used by one thread. */
final class Problems {

  /** How many problems are told; the rest is a number. */
  static final int MOST_TOLD = 100;

  /** A document that is wrong everywhere must not cost more memory than it takes itself. */
  private static final int MOST_KEPT = 10_000;

  private final List<PolicyProblem> errors = new ArrayList<>();
  private final List<PolicyProblem> warnings = new ArrayList<>();
  private int more;

  void error(Place place, KeyPath path, String message) {
    keep(errors, new PolicyProblem(Severity.ERROR, place, path, message));
  }

  void warning(Place place, KeyPath path, String message) {
    if (warnings.size() < MOST_KEPT) {
      warnings.add(new PolicyProblem(Severity.WARNING, place, path, message));
    }
  }

  private void keep(List<PolicyProblem> problems, PolicyProblem problem) {
    if (problems.size() < MOST_KEPT) {
      problems.add(problem);
    } else {
      more++;
    }
  }

  /** How many errors there are so far. */
  int count() {
    return errors.size() + more;
  }

  /** The errors in the order of the document, at most {@value #MOST_TOLD} and how many more. */
  List<PolicyProblem> errors() {
    return told(errors, more, Severity.ERROR);
  }

  /** The warnings, likewise. */
  List<PolicyProblem> warnings() {
    return told(warnings, 0, Severity.WARNING);
  }

  private static List<PolicyProblem> told(
      List<PolicyProblem> problems, int more, Severity severity) {
    if (problems.isEmpty()) {
      return List.of();
    }
    List<PolicyProblem> sorted = new ArrayList<>(problems);
    sorted.sort(
        Comparator.<PolicyProblem>comparingInt(problem -> problem.place().line())
            .thenComparingInt(problem -> problem.place().column()));
    int rest = sorted.size() + more - MOST_TOLD;
    if (rest <= 0) {
      return sorted;
    }
    List<PolicyProblem> told = new ArrayList<>(sorted.subList(0, MOST_TOLD));
    Place place = sorted.get(Math.min(MOST_TOLD, sorted.size() - 1)).place();
    told.add(new PolicyProblem(severity, place, KeyPath.ROOT, "and " + rest + " more"));
    return told;
  }
}
