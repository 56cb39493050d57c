package io.governor.trace;

import java.time.Instant;

/**
 * How automatic pruning went last. Immutable.
 *
 * @param at when
 * @param files how many files were removed
 * @param bytes how many bytes those had
 * @param problem why something stayed that should have gone, for people; empty when nothing did
 */
public record LastPrune(Instant at, long files, long bytes, String problem) {

  static LastPrune nothing(Instant at) {
    return new LastPrune(at, 0, 0, "");
  }

  LastPrune withProblem(String newProblem) {
    return new LastPrune(at, files, bytes, problem.isEmpty() ? newProblem : problem);
  }

  LastPrune plus(PruneReport report) {
    long more = report.removed().stream().mapToLong(PruneReport.Removed::bytes).sum();
    LastPrune sum = new LastPrune(at, files + report.removed().size(), bytes + more, problem);
    return report.problems().isEmpty() ? sum : sum.withProblem(report.problems().get(0));
  }
}
