package io.governor.sync.ledger;

import io.governor.file.ProcessLock;
import io.governor.sync.CountReport;
import io.governor.sync.DryRun;
import io.governor.sync.Postponed;
import io.governor.sync.RuleCounts;
import io.governor.sync.RunOptions;
import io.governor.sync.RunReport;
import io.governor.sync.SentBody;
import io.governor.sync.SentWindow;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import io.governor.trace.TraceUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts every event once and sends it once. A window is made, stored with all that follows from
 * it, sent, and only then taken for counted; whatever happens in between, the same bytes are sent
 * again before anything else, and the server counts them once.
 *
 * <p>Safe for use by several threads and processes: whoever runs holds a lock, the others wait for
 * it a few seconds and then say so.
 */
public final class Ledger {

  /** What is said to whoever would send and is not registered. */
  public static final String UNREGISTERED =
      "sync register makes it known to a server, and sync run --dry-run shows what would be sent";

  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final int MOST_NAMED = 20;

  private final LedgerFiles files;
  private final SyncStateFile stateFile;
  private final History history;
  private final Delivering delivering;
  private final InstantSource clock;
  private final Seeds seeds;
  private final String runtimeVersion;

  Ledger(
      Path root,
      InstantSource clock,
      String runtimeVersion,
      Disk disk,
      Seeds seeds,
      Duration bound) {
    this.files = new LedgerFiles(root);
    this.stateFile = new SyncStateFile(root, disk, bound);
    this.history = new History(files, disk);
    this.delivering = new Delivering(files, stateFile, history, disk, clock);
    this.clock = clock;
    this.seeds = seeds;
    this.runtimeVersion = runtimeVersion;
  }

  /** The ledger of the installation whose state is below a root. */
  public static Ledger at(Path stateRoot, InstantSource clock, String runtimeVersion) {
    return new Ledger(stateRoot, clock, runtimeVersion, Disk.REAL, Seeds.secure(), BOUND);
  }

  /** Says how a body gets to the server that a state names. */
  @FunctionalInterface
  public interface Senders {

    /**
     * @throws SyncException if the installation cannot send, such as one that is not registered
     */
    Sender of(SyncState state) throws SyncException;
  }

  /**
   * Sends what waits, then what is new.
   *
   * @throws SyncException if anything of that failed; what was accepted until then stays accepted,
   *     and a window that was made waits and is sent first by the next run
   */
  @SuppressWarnings("try") // the lock is held, not used
  public RunReport run(RunOptions options, List<Path> sources, Senders senders)
      throws SyncException {
    Sender sender = senders.of(registered(stateFile.read()));
    try (ProcessLock lock = stateFile.lock()) {
      // What was read before is not what holds since the lock is held.
      SyncState state = registered(stateFile.read());
      sender = senders.of(state);
      return run(state, options, sources, sender);
    } catch (IOException e) {
      throw SyncException.localFiles("cannot write to " + files.directory(), e);
    }
  }

  private static SyncState registered(@Nullable SyncState found) throws SyncException {
    return SyncState.registered(found, UNREGISTERED);
  }

  private RunReport run(SyncState found, RunOptions options, List<Path> sources, Sender sender)
      throws SyncException, IOException {
    List<SentBody> sent = new ArrayList<>();
    SyncState state = seeded(found);
    delivering.tidy(state.ledger());
    Planner planner = planner(Basis.of(state), options);
    planner.refuseUnusableWindow();
    refuseOverlap(planner.overlapping());
    PendingWindow waiting = state.ledger().pending();
    if (waiting != null) {
      state = deliver(state, waiting, sender, sent);
    }
    Postponed postponed = planner.postponed();
    if (postponed != null) {
      CountReport nothing = CountReport.ofNothing(RuleCounts.zero(options.published()));
      return new RunReport(sent, nothing, List.of(), postponed);
    }
    Preparation made = planner.prepare(positions(state.ledger()), sources, false);
    refuseUnlessApproved(made, options);
    deliver(state, delivering.store(state.ledger(), made), sender, sent);
    return new RunReport(sent, made.tally().report(), made.tally().losses(), null);
  }

  /** States of earlier versions have no seed for noise. */
  private SyncState seeded(SyncState found) throws SyncException {
    SyncState state = found.withNoiseSeed(seeds);
    if (found.noiseSeed() == null) {
      stateFile.write(state);
    }
    return state;
  }

  private SyncState deliver(
      SyncState state, PendingWindow window, Sender sender, List<SentBody> sent)
      throws SyncException {
    Delivering.Accepted accepted = delivering.deliver(state, window, sender);
    sent.add(accepted.sent());
    return accepted.state();
  }

  private Planner planner(Basis basis, RunOptions options) {
    return new Planner(basis, options, clock, runtimeVersion);
  }

  private static void refuseUnlessApproved(Preparation made, RunOptions options)
      throws SyncException {
    if (!options.inspector().test(made.payload())) {
      throw SyncException.input(
          "the counts of "
              + made.window()
              + " were looked at and refused, so they were neither stored nor sent; the next run"
              + " counts them again");
    }
  }

  private Positions positions(LedgerState ledger) throws SyncException {
    return PositionsFile.read(files, ledger.positions());
  }

  private static void refuseOverlap(List<TimeWindow> overlapping) throws SyncException {
    if (!overlapping.isEmpty()) {
      StringBuilder list = new StringBuilder();
      overlapping.stream().limit(MOST_NAMED).forEach(window -> list.append(' ').append(window));
      int more = overlapping.size() - MOST_NAMED;
      throw SyncException.input(
          "the window overlaps what was sent:"
              + list
              + (more > 0 ? " and " + more + " more" : "")
              + "; ask for one that does not, or look at it with --dry-run");
    }
  }

  /**
   * What a run would send. Takes no lock and writes nothing.
   *
   * @param state what is there, or null when there is nothing
   */
  public DryRun preview(@Nullable SyncState state, RunOptions options, List<Path> sources)
      throws SyncException {
    Basis basis = Basis.of(state);
    Planner planner = planner(basis, options);
    planner.refuseUnusableWindow();
    SentBody first = state == null ? null : state.waiting();
    List<TimeWindow> overlapping = planner.overlapping();
    Postponed postponed = planner.postponed();
    if (postponed != null) {
      CountReport nothing = CountReport.ofNothing(RuleCounts.zero(options.published()));
      return new DryRun(null, nothing, first, List.of(), overlapping, postponed, false);
    }
    Preparation made = planner.prepare(positions(basis.ledger()), sources, !overlapping.isEmpty());
    return new DryRun(
        made.payload(),
        made.tally().report(),
        first,
        made.tally().losses(),
        overlapping,
        null,
        planner.isNoiseToCome());
  }

  /**
   * Which traces are still to be counted: none without a registration, and all while nobody can
   * tell.
   */
  public TraceUse traceUse() {
    try {
      SyncState state = stateFile.read();
      return state == null || !state.hasSecret()
          ? TraceUse.NONE
          : new UncountedTraces(positions(state.ledger()));
    } catch (SyncException e) {
      return file -> true;
    }
  }

  /**
   * Every window that was ever sent, in order; the last one may be one whose acceptance is not
   * known yet.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if state or history cannot be read
   */
  public List<SentWindow> history() throws SyncException {
    SyncState state = stateFile.read();
    long bytes = state == null ? 0 : state.ledger().historyBytes();
    List<SentWindow> windows = new ArrayList<>(history.read(bytes));
    PendingWindow waiting = state == null ? null : state.ledger().pending();
    if (waiting != null && windows.stream().noneMatch(waiting::isBodyOf)) {
      windows.add(waiting(waiting));
    }
    return windows;
  }

  private SentWindow waiting(PendingWindow window) throws SyncException {
    try {
      return HistoryEntry.unfinished(delivering.beginning(window), window.attempts());
    } catch (IOException e) {
      throw SyncException.localFiles("cannot read " + files.window(window.number()), e);
    }
  }
}
