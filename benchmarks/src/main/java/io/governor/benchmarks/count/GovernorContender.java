package io.governor.benchmarks.count;

import io.governor.sync.CountReport;
import io.governor.sync.RuleCounts;
import io.governor.sync.count.EventTimes;
import io.governor.sync.count.SliceCounter;
import io.governor.sync.count.TraceSlice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Governor's own counter, as a sync uses it: every line checked to its last byte. */
final class GovernorContender implements Contender {

  private final SliceCounter counter;

  private GovernorContender(SliceCounter counter) {
    this.counter = counter;
  }

  /** Copies count once. */
  static GovernorContender once(int threads) {
    return new GovernorContender(counter(threads));
  }

  /** Copies count like any. */
  static GovernorContender withCopies(int threads) {
    return new GovernorContender(counter(threads).withCopies());
  }

  private static SliceCounter counter(int threads) {
    return new SliceCounter(RuleCounts.zero(RecordedSessions.PUBLISHED)).on(threads);
  }

  @Override
  public Counted count(List<Path> directories) throws IOException {
    List<TraceSlice> slices =
        Split.files(directories).stream()
            .map(file -> TraceSlice.whole(file, EventTimes.ALL))
            .toList();
    CountReport report = counter.count(slices).report();
    if (!report.problems().isEmpty()) {
      throw new IllegalStateException("expected no problems: " + report.problems());
    }
    Map<String, Long> rules = new HashMap<>();
    report.counts().byRule().forEach((rule, count) -> rules.put(rule.value(), count));
    rules.put(Counted.OTHERS, report.unpublished());
    return Counted.of(report.events(), rules);
  }
}
