package io.governor.sync.count;

import io.governor.sync.CountProgress;
import io.governor.sync.CountReport;
import io.governor.sync.GroupedCounts;
import io.governor.sync.Grouping;
import io.governor.sync.RuleCounts;
import io.governor.trace.TraceIndex;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts whole sources in one run: files, directories with the traces below them (see {@link
 * SourceFiles}), and streams. What is read is told by what stands in it: text, gzip, or one JSON
 * array. Immutable; any thread may use it.
 */
public final class SourceCounter {

  private final Engine engine;
  private final @Nullable TraceIndex index;

  /**
   * @param zero a zero for each rule to be counted
   * @param index knows which files need not be read, or null
   */
  public SourceCounter(RuleCounts zero, CountProgress progress, @Nullable TraceIndex index) {
    this(new Engine(zero).reportingTo(progress), index);
  }

  SourceCounter(Engine engine) {
    this(engine, null);
  }

  private SourceCounter(Engine engine, @Nullable TraceIndex index) {
    this.engine = engine;
    this.index = index;
  }

  /**
   * Reads all sources, files to their ends as found.
   *
   * @throws IOException if a source cannot be read; its message says which and why. Below a
   *     directory, files that cannot be read are reported and passed over
   */
  public CountReport count(List<TraceSource> sources, EventTimes times) throws IOException {
    return engine.run(Inputs.of(sources, times, index), engine.rules(), null).report();
  }

  /** The same, taken apart by group. */
  public GroupedCounts countBy(Grouping grouping, List<TraceSource> sources, EventTimes times)
      throws IOException {
    RuleTable rules = engine.rules();
    Groups groups = new Groups(grouping, rules);
    CountReport report = engine.run(Inputs.of(sources, times, index), rules, groups).report();
    return new GroupedCounts(report, groups.counts(), groups.beyond());
  }
}
