package io.governor.sync;

import io.governor.RuleId;
import io.governor.trace.TraceSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a run, or a dry run, is to count and how it is to be sent. The same options make the same
 * bytes in both. Immutable.
 *
 * @param window the events to count, by their own time, or null for everything that no run has
 *     counted yet
 * @param sources what to read, or null for the traces below the state root. Files and directories
 *     only, because nobody can tell what of a stream was sent
 * @param published rules to publish beside the standard ones
 * @param progress hears how far it has come
 * @param minCount counts from 1 to one less than this are withheld, sent as 0, and added to the
 *     next window's; from 1, which withholds none, to {@link #MOST_MIN_COUNT}
 * @param align how coarse the windows are that were not asked for, or null for whole seconds
 * @param noise how much differential privacy may give away, or null for exact counts
 * @param inspector looks at a new payload before it is stored and sent, on the thread of the run;
 *     what it refuses is neither stored nor sent, and counted again by the next run. A window that
 *     waits from before is not shown to it again. A dry run asks nobody
 */
public record RunOptions(
    @Nullable TimeWindow window,
    @Nullable List<TraceSource> sources,
    Set<RuleId> published,
    CountProgress progress,
    long minCount,
    @Nullable Alignment align,
    @Nullable NoiseBudget noise,
    Predicate<SyncPayload> inspector) {

  /** The largest {@code minCount}. */
  public static final long MOST_MIN_COUNT = 1_000_000;

  /** Everything up to now from the traces below the state root, standard rules only, exactly. */
  public static final RunOptions DEFAULT =
      new RunOptions(null, null, Set.of(), CountProgress.NONE, 1, null, null, payload -> true);

  /**
   * @throws IllegalArgumentException if {@code minCount} is out of its bounds
   */
  public RunOptions {
    sources = sources == null ? null : List.copyOf(sources);
    published = Set.copyOf(published);
    if (minCount < 1 || minCount > MOST_MIN_COUNT) {
      throw new IllegalArgumentException("minCount: expected 1 to " + MOST_MIN_COUNT);
    }
  }

  /** The same for a window, or for everything. */
  public RunOptions within(@Nullable TimeWindow newWindow) {
    return new RunOptions(
        newWindow, sources, published, progress, minCount, align, noise, inspector);
  }

  /** The same from other sources. */
  public RunOptions from(List<TraceSource> newSources) {
    return new RunOptions(
        window, newSources, published, progress, minCount, align, noise, inspector);
  }

  /** The same with rules published beside the standard ones. */
  public RunOptions publishing(Set<RuleId> newPublished) {
    return new RunOptions(
        window, sources, newPublished, progress, minCount, align, noise, inspector);
  }

  /** The same with someone who hears how far it has come. */
  public RunOptions reportingTo(CountProgress newProgress) {
    return new RunOptions(
        window, sources, published, newProgress, minCount, align, noise, inspector);
  }

  /** The same withholding counts below a number. */
  public RunOptions withholdingBelow(long newMinCount) {
    return new RunOptions(
        window, sources, published, progress, newMinCount, align, noise, inspector);
  }

  /** The same with windows that end with whole hours or days, or with seconds. */
  public RunOptions alignedTo(@Nullable Alignment newAlign) {
    return new RunOptions(
        window, sources, published, progress, minCount, newAlign, noise, inspector);
  }

  /** The same with noise, or without. */
  public RunOptions withNoise(@Nullable NoiseBudget newNoise) {
    return new RunOptions(
        window, sources, published, progress, minCount, align, newNoise, inspector);
  }

  /** The same with somebody who looks before anything is sent. */
  public RunOptions inspectedBy(Predicate<SyncPayload> newInspector) {
    return new RunOptions(
        window, sources, published, progress, minCount, align, noise, newInspector);
  }
}
