package io.governor.sync.count;

import io.governor.sync.CountProgress;
import io.governor.sync.RuleCounts;
import java.io.IOException;
import java.util.List;

/**
 * Counts slices of trace files in one run, on as many threads as there are processors, at most
 * eight: an event that stands in several slices counts once, and of copies that differ the one in
 * the first slice counts. The outcome does not depend on the threads.
 *
 * <p>A file that cannot be read, or no longer has the slice, is reported and passed over. The slice
 * is that of a gzip file's text when the file begins as one; a file that as a whole is one JSON
 * array is read as such when the slice says so or begins at 0, and any other file is lines.
 * Problems with lines of a slice that begins later tell their offsets, not their numbers.
 * Immutable; any thread may use it.
 */
public final class SliceCounter {

  private final Engine engine;

  /**
   * @param zero a zero for each rule to be counted
   */
  public SliceCounter(RuleCounts zero) {
    this(new Engine(zero));
  }

  private SliceCounter(Engine engine) {
    this.engine = engine;
  }

  /** Tells how far it has come. */
  public SliceCounter reportingTo(CountProgress progress) {
    return new SliceCounter(engine.reportingTo(progress));
  }

  /**
   * Counts on at most so many threads, the calling one included.
   *
   * @throws IllegalArgumentException if there are none
   */
  public SliceCounter on(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread: " + threads);
    }
    return new SliceCounter(engine.on(threads));
  }

  /** Counts copies too, and remembers nothing: for traces that are known to have none. */
  public SliceCounter withCopies() {
    return new SliceCounter(engine.withCopies());
  }

  /**
   * Reads the slices.
   *
   * @throws IOException if what must be remembered to find copies cannot be kept, or the thread was
   *     interrupted; never for the sake of a file
   */
  public SliceCount count(List<TraceSlice> slices) throws IOException {
    RunTally tally = engine.run(Inputs.of(slices), engine.rules(), null);
    return new SliceCount(tally.report(), tally.consumed(), tally.eventsByInput());
  }
}
