package io.governor.sync.count;

import io.governor.sync.CountProgress;
import io.governor.sync.RuleCounts;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes runs. Immutable; any thread may use it.
 *
 * @param zero a zero for each rule to be counted
 * @param progress hears how far a run has come
 * @param threads how many read side by side, at most
 * @param memory makes what a run remembers events in
 */
record Engine(RuleCounts zero, CountProgress progress, int threads, Supplier<SeenEvents> memory) {

  /** More than these would wait for one another, or for the disk. */
  private static final int MOST_THREADS = 8;

  Engine(RuleCounts zero) {
    this(zero, CountProgress.NONE, defaultThreads(), HashedEvents::new);
  }

  private static int defaultThreads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  Engine reportingTo(CountProgress newProgress) {
    return new Engine(zero, newProgress, threads, memory);
  }

  Engine on(int newThreads) {
    return new Engine(zero, progress, newThreads, memory);
  }

  Engine rememberingIn(Supplier<SeenEvents> newMemory) {
    return new Engine(zero, progress, threads, newMemory);
  }

  RuleTable rules() {
    return new RuleTable(zero);
  }

  /** Counts everything there is. */
  RunTally run(Inputs inputs, RuleTable rules, @Nullable Groups groups) throws IOException {
    ProgressMeter meter = new ProgressMeter(progress, inputs.size());
    try (SeenEvents seen = memory.get()) {
      RunTally tally = new RunTally(new ViolationTally(rules, seen, groups), inputs);
      new CountRun(new Units(inputs.list()), tally, rules, meter, threads).run();
      return tally;
    }
  }
}
