package io.governor.sync.count;

import io.governor.sync.CountProgress;
import io.governor.sync.CountReport;
import io.governor.sync.RuleCounts;
import io.governor.trace.ReadReport;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.util.List;

/** Counts whole sources: files, directories and streams. Immutable; any thread may use it. */
public final class SourceCounter {

  private final RuleCounts zero;
  private final CountProgress progress;

  /**
   * @param zero a zero for each rule to be counted
   */
  public SourceCounter(RuleCounts zero, CountProgress progress) {
    this.zero = zero;
    this.progress = progress;
  }

  /**
   * Reads all sources to their ends.
   *
   * @throws IOException if a source cannot be read; its message says which and why
   */
  public CountReport count(List<TraceSource> sources, EventTimes times) throws IOException {
    CountingProgress counting = new CountingProgress(progress, sources);
    try (SeenEvents seen = new HashedEvents()) {
      CountTally tally = new CountTally(zero, seen, counting);
      tally.use(times);
      ReadReport read = ReadReport.EMPTY;
      for (TraceSource source : sources) {
        read = read.plus(TraceReader.heads(source, tally));
      }
      counting.done();
      return tally.report(read);
    }
  }
}
