package io.governor.sync.count;

import io.governor.sync.CountProgress;
import io.governor.sync.RuleCounts;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes runs. Immutable; any thread may use it.
 *
 * @param zero a zero for each rule to be counted
 * @param progress hears how far a run has come
 * @param threads how many read side by side, at most
 * @param copies whether copies count
 */
record Engine(RuleCounts zero, CountProgress progress, int threads, boolean copies) {

  /** More than these would wait for one another, or for the disk. */
  private static final int MOST_THREADS = 8;

  Engine(RuleCounts zero) {
    this(zero, CountProgress.NONE, defaultThreads(), false);
  }

  private static int defaultThreads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  Engine reportingTo(CountProgress newProgress) {
    return new Engine(zero, newProgress, threads, copies);
  }

  Engine on(int newThreads) {
    return new Engine(zero, progress, newThreads, copies);
  }

  Engine withCopies() {
    return new Engine(zero, progress, threads, true);
  }

  RuleTable rules() {
    return new RuleTable(zero);
  }

  /** Counts everything there is. */
  RunTally run(Inputs inputs, RuleTable rules, @Nullable Groups groups) throws IOException {
    ProgressMeter meter = new ProgressMeter(progress, inputs.size());
    try (FirstOccurrences events = copies ? null : events(rules.size(), groups != null)) {
      ViolationTally violations = new ViolationTally(rules, events, groups);
      RunTally tally = new RunTally(violations, inputs);
      new CountRun(new Units(inputs.list()), tally, rules, meter, threads).run();
      violations.finish(threads);
      return tally;
    }
  }

  private static FirstOccurrences events(int rules, boolean grouped) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return grouped
        ? FirstOccurrences.grouped(rules, temporary)
        : new FirstOccurrences(rules, temporary);
  }
}
