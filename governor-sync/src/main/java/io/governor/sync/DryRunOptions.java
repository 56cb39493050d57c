package io.governor.sync;

import io.governor.RuleId;
import io.governor.trace.TraceSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run is to count. Immutable.
 *
 * @param window the time to count, or null for everything up to now
 * @param sources what to read, or null for the traces below the state root
 * @param published rules to publish beside the standard ones
 * @param progress hears how far it has come
 */
public record DryRunOptions(
    @Nullable TimeWindow window,
    @Nullable List<TraceSource> sources,
    Set<RuleId> published,
    CountProgress progress) {

  /** Everything up to now from the traces below the state root, standard rules only. */
  public static final DryRunOptions DEFAULT =
      new DryRunOptions(null, null, Set.of(), CountProgress.NONE);

  public DryRunOptions {
    sources = sources == null ? null : List.copyOf(sources);
    published = Set.copyOf(published);
  }

  /** The same for a window. */
  public DryRunOptions within(TimeWindow newWindow) {
    return new DryRunOptions(newWindow, sources, published, progress);
  }

  /** The same from other sources. */
  public DryRunOptions from(List<TraceSource> newSources) {
    return new DryRunOptions(window, newSources, published, progress);
  }

  /** The same with rules published beside the standard ones. */
  public DryRunOptions publishing(Set<RuleId> newPublished) {
    return new DryRunOptions(window, sources, newPublished, progress);
  }

  /** The same with someone who hears how far it has come. */
  public DryRunOptions reportingTo(CountProgress newProgress) {
    return new DryRunOptions(window, sources, published, newProgress);
  }
}
