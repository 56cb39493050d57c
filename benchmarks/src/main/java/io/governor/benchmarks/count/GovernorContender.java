package io.governor.benchmarks.count;

import io.governor.sync.CountReport;
import io.governor.sync.TraceCounter;
import io.governor.trace.TraceSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Governor's own counter, as a sync uses it: every line checked, copies counted once. */
final class GovernorContender implements Contender {

  private final int threads;

  GovernorContender(int threads, Path scratch) {
    this.threads = threads;
  }

  @Override
  public Counted count(List<Path> directories) throws Exception {
    List<TraceSource> sources = directories.stream().map(TraceSource::of).toList();
    CountReport report = TraceCounter.of(RecordedSessions.PUBLISHED).count(sources);
    Map<String, Long> rules = new HashMap<>();
    report.counts().byRule().forEach((rule, count) -> rules.put(rule.value(), count));
    rules.put(Counted.OTHERS, report.unpublished());
    return Counted.of(report.events(), rules);
  }
}
