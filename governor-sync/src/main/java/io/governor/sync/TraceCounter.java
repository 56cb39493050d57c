package io.governor.sync;

import io.governor.RuleId;
import io.governor.sync.count.EventTimes;
import io.governor.sync.count.SourceCounter;
import io.governor.sync.count.TemporaryFileException;
import io.governor.trace.TraceIndex;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts, from traces, how often each published rule fired. Sources may be files, directories and
 * streams, mixed; they are read as the execution record says (section 11), each once, on as many
 * threads as there are processors, at most eight. Files and streams that begin as gzip are
 * decompressed; below a directory those are found whose names end in {@code .jsonl}, and what
 * rotation makes of such names ({@code .jsonl.1}, {@code .jsonl-20260414}), either also with {@code
 * .gz}. A file is read once, whatever names lead to it. A line that is no event costs itself and is
 * reported. A file counts as it is found when it is opened; what is appended meanwhile is for the
 * next count.
 *
 * <p>Events are identified by ({@code session_id}, {@code event_id}), so a copied file counts once;
 * should copies differ, the one counts that comes first in the order of the sources, of the paths
 * below a directory, and of the lines. The outcome does not depend on the number of threads. Memory
 * is bounded, whatever the traces hold: what must be remembered to find copies, 32 bytes for each
 * event with violations, goes to a temporary file when it takes more than 32 MB or an eighth of the
 * heap. That file is its owner's alone, holds nothing from the events, and is gone with the count.
 *
 * <p>Immutable; any thread may use it, and several may count at the same time.
 */
public final class TraceCounter {

  private final RuleCounts zero;
  private final @Nullable TimeWindow window;
  private final CountProgress progress;
  private final @Nullable TraceIndex index;

  private TraceCounter(
      RuleCounts zero,
      @Nullable TimeWindow window,
      CountProgress progress,
      @Nullable TraceIndex index) {
    this.zero = zero;
    this.window = window;
    this.progress = progress;
    this.index = index;
  }

  /** Counts the standard rules only. */
  public static TraceCounter ofStandardRules() {
    return of(List.of());
  }

  /** Counts the standard rules and those named. */
  public static TraceCounter of(Collection<RuleId> published) {
    return new TraceCounter(RuleCounts.zero(published), null, CountProgress.NONE, null);
  }

  /** Counts only events whose time lies in the window; those without a time lie in none. */
  public TraceCounter within(TimeWindow newWindow) {
    return new TraceCounter(zero, newWindow, progress, index);
  }

  /** Tells how far it has come. */
  public TraceCounter reportingTo(CountProgress newProgress) {
    return new TraceCounter(zero, window, newProgress, index);
  }

  /**
   * Passes over the files below a directory of which is known that none of their events lies in the
   * window. What comes out is the same; without a window every file is read.
   */
  public TraceCounter knowing(TraceIndex newIndex) {
    return new TraceCounter(zero, window, progress, newIndex);
  }

  /**
   * Reads all sources to their ends.
   *
   * @throws SyncException of kind {@code INPUT} if there is nothing at a source's path, or a source
   *     cannot be read or vanishes while it is, or the thread is interrupted; below a directory,
   *     files that cannot be read are reported and passed over. Of kind {@code LOCAL_FILES} if the
   *     temporary file cannot be made or written
   */
  public CountReport count(List<TraceSource> sources) throws SyncException {
    try {
      return counter().count(sources, times());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The same, taken apart by group, for people who look at their own traces.
   *
   * @throws SyncException as {@link #count} does
   */
  public GroupedCounts countBy(Grouping grouping, List<TraceSource> sources) throws SyncException {
    try {
      return counter().countBy(grouping, sources, times());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private SourceCounter counter() {
    return new SourceCounter(zero, progress, index);
  }

  private EventTimes times() {
    return window == null ? EventTimes.ALL : EventTimes.within(window);
  }

  private static SyncException unreadable(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof TemporaryFileException) {
      return SyncException.localFiles(
          message + "; expected room there, or another java.io.tmpdir", e);
    }
    if (e.getCause() instanceof NoSuchFileException) {
      return SyncException.input(
          message
              + "; a source is a trace file, a directory with *.jsonl files below it, or a"
              + " stream",
          e);
    }
    return SyncException.input(message, e);
  }
}
