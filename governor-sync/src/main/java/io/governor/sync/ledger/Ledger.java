package io.governor.sync.ledger;

import io.governor.file.ProcessLock;
import io.governor.sync.CountReport;
import io.governor.sync.DeclaredLoss;
import io.governor.sync.RuleCounts;
import io.governor.sync.RunOptions;
import io.governor.sync.RunReport;
import io.governor.sync.SentBody;
import io.governor.sync.SentWindow;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import io.governor.trace.TraceUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
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

  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final int MOST_NAMED = 20;

  private final LedgerFiles files;
  private final SyncStateFile stateFile;
  private final History history;
  private final Disk disk;
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
    this.disk = disk;
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

  private static SyncState registered(@Nullable SyncState state) throws SyncException {
    if (state == null || !state.hasSecret()) {
      throw SyncException.notRegistered(
          "not registered, so nothing can be sent: governor sync register");
    }
    return state;
  }

  private RunReport run(SyncState found, RunOptions options, List<Path> sources, Sender sender)
      throws SyncException, IOException {
    List<SentBody> sent = new ArrayList<>();
    SyncState state = found;
    tidy(state.ledger());
    PendingWindow waiting = state.ledger().pending();
    if (waiting != null) {
      state = deliver(state, waiting, sender, sent);
    }
    refuseOverlap(state.ledger(), options);
    Instant nothingBefore = nothingBefore(state, options);
    if (nothingBefore != null) {
      return new RunReport(sent, null, List.of(), nothingBefore);
    }
    Preparation made = prepare(state, positions(state.ledger()), options, sources, false);
    refuseUnlessApproved(made, options);
    PendingWindow pending = store(state.ledger(), made);
    deliver(state, pending, sender, sent);
    return new RunReport(sent, made.tally().report(), made.tally().losses(), null);
  }

  private @Nullable Instant nothingBefore(SyncState state, RunOptions options) {
    return options.window() != null
        ? null
        : WindowMaker.of(state, options.align()).nothingBefore(clock.instant());
  }

  private Preparation prepare(
      SyncState state, Positions positions, RunOptions options, List<Path> sources, boolean again)
      throws SyncException {
    return Preparation.of(state, positions, options, sources, clock, seeds, runtimeVersion, again);
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

  private static void refuseOverlap(LedgerState ledger, RunOptions options) throws SyncException {
    List<TimeWindow> overlapping = overlapping(ledger, options);
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

  private static List<TimeWindow> overlapping(LedgerState ledger, RunOptions options) {
    TimeWindow asked = options.window();
    return asked == null ? List.of() : Windows.overlapping(ledger.sent(), asked);
  }

  /** Stores a window and all that follows from it; the state does not know of it yet. */
  private PendingWindow store(LedgerState ledger, Preparation made) throws SyncException {
    long number = ledger.accepted() + 1;
    Positions after = made.tally().after();
    byte[] body = made.payload().toJson();
    PendingWindow pending =
        new PendingWindow(
            number,
            new String(body, StandardCharsets.US_ASCII),
            PendingWindow.sha256(body),
            made.window(),
            made.asked(),
            after == null ? null : LedgerFiles.positionsOf(number),
            made.carried(),
            made.noise(),
            clock.instant(),
            0,
            null);
    try {
      if (after != null) {
        disk.replace(files.positions(LedgerFiles.positionsOf(number)), PositionsCodec.write(after));
      }
      disk.replace(files.window(number), HistoryEntry.beginning(pending, made));
    } catch (IOException e) {
      throw SyncException.localFiles(
          "cannot write to " + files.directory() + "; nothing was sent", e);
    }
    return pending;
  }

  /** Sends a window until it is accepted, and takes it for counted. */
  private SyncState deliver(
      SyncState state, PendingWindow window, Sender sender, List<SentBody> sent)
      throws SyncException {
    byte[] body = window.verified();
    byte[] beginning = beginning(window);
    PendingWindow attempt = window.attempted(clock.instant());
    // On the disk before the first byte leaves.
    stateFile.write(state.with(state.ledger().waitingFor(attempt)));
    send(body, sender, window);
    Instant accepted = clock.instant();
    SyncState now = state.with(accept(state.ledger(), attempt, accepted, beginning));
    stateFile.write(now);
    sent.add(body(attempt, accepted));
    forget(now.ledger());
    return now;
  }

  private static void send(byte[] body, Sender sender, PendingWindow window) throws SyncException {
    try {
      sender.send(body);
    } catch (SyncException e) {
      SyncException told =
          SyncException.exchange(
              e.kind(),
              e.delivery(),
              e.getMessage()
                  + "; the window "
                  + window.window()
                  + " waits, and the next run sends it first");
      told.initCause(e);
      throw told;
    }
  }

  /** What its line in the history begins with. */
  private byte[] beginning(PendingWindow window) throws SyncException {
    Path file = files.window(window.number());
    try {
      return files.read(file);
    } catch (IOException e) {
      throw SyncException.localFiles("cannot read " + file, e);
    }
  }

  private LedgerState accept(
      LedgerState ledger, PendingWindow window, Instant accepted, byte[] beginning)
      throws SyncException {
    try {
      byte[] line = HistoryEntry.line(beginning, window.attempts(), accepted);
      long bytes = history.add(beginning, line, ledger.historyBytes());
      return ledger.accepted(window, bytes);
    } catch (IOException e) {
      throw SyncException.localFiles(
          "the window "
              + window.window()
              + " was accepted, but that cannot be written to "
              + files.directory()
              + "; the next run sends the same bytes again, and they count once",
          e);
    }
  }

  static SentBody body(PendingWindow window, @Nullable Instant accepted) {
    return new SentBody(
        window.number(),
        window.body(),
        window.sha256(),
        window.window(),
        window.asked(),
        window.made(),
        window.attempts(),
        accepted);
  }

  /** Removes what a run left behind that did not come to its end. */
  private void tidy(LedgerState ledger) throws IOException {
    for (Path file : files.unnamed(ledger)) {
      disk.delete(file);
    }
  }

  /** As {@link #tidy}; what cannot be removed now is removed by the next run. */
  private void forget(LedgerState ledger) {
    try {
      tidy(ledger);
    } catch (IOException e) {
      // Nothing names these files, so they do no harm.
    }
  }

  /**
   * What a run would send. Takes no lock and writes nothing.
   *
   * @param state what is there
   */
  public Preview preview(SyncState state, RunOptions options, List<Path> sources)
      throws SyncException {
    PendingWindow waiting = state.ledger().pending();
    LedgerState then =
        waiting == null
            ? state.ledger()
            : state.ledger().accepted(waiting, state.ledger().historyBytes());
    List<TimeWindow> overlapping = overlapping(then, options);
    Instant nothingBefore = nothingBefore(state.with(then), options);
    if (nothingBefore != null) {
      throw SyncException.input("nothing would be sent before " + nothingBefore);
    }
    Preparation made =
        prepare(state.with(then), positions(then), options, sources, !overlapping.isEmpty());
    return new Preview(
        made.payload(),
        made.tally().report(),
        waiting == null ? null : body(waiting, null),
        made.tally().losses(),
        overlapping);
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

  /** What is sent of counts when nothing was sent before. */
  public static RuleCounts firstSent(RuleCounts counts, RunOptions options) {
    String seed = Seeds.secure().next();
    return Withholding.of(counts, new TreeMap<>(), options.minCount(), options.noise(), seed)
        .sent();
  }

  /**
   * What {@link #preview} came to.
   *
   * @param payload what would be sent
   * @param report what it was counted from
   * @param waiting what would be sent before it, or null
   * @param losses what would not be counted
   * @param overlapping what was sent of the window that was asked for
   */
  public record Preview(
      io.governor.sync.SyncPayload payload,
      CountReport report,
      @Nullable SentBody waiting,
      List<DeclaredLoss> losses,
      List<TimeWindow> overlapping) {}

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
    if (waiting != null && last(windows) < waiting.number()) {
      windows.add(waiting(waiting));
    }
    return windows;
  }

  private static long last(List<SentWindow> windows) {
    return windows.isEmpty() ? 0 : windows.get(windows.size() - 1).sent().number();
  }

  private SentWindow waiting(PendingWindow window) throws SyncException {
    try {
      return HistoryEntry.unfinished(beginning(window), window.attempts());
    } catch (IOException e) {
      throw SyncException.localFiles("cannot read " + files.window(window.number()), e);
    }
  }
}
