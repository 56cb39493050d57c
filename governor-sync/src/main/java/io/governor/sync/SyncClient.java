package io.governor.sync;

import io.governor.sync.ledger.Ledger;
import io.governor.sync.ledger.SyncState;
import io.governor.sync.ledger.SyncStateFile;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceSource;
import io.governor.trace.TraceUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the traces of an installation and sends the counts, each event once. A dry run makes what
 * would be sent and stops there: no socket is opened, no name resolved, nothing written; it works
 * without a registration.
 *
 * <p>Immutable; any thread may use it.
 */
public final class SyncClient {

  private final Path stateRoot;
  private final InstantSource clock;

  private SyncClient(Path stateRoot, InstantSource clock) {
    this.stateRoot = stateRoot;
    this.clock = clock;
  }

  /** The client of the installation whose state is below the given root. */
  public static SyncClient at(Path stateRoot) {
    return at(stateRoot, InstantSource.system());
  }

  /** The same with a clock that says when now is. */
  public static SyncClient at(Path stateRoot, InstantSource clock) {
    return new SyncClient(stateRoot, clock);
  }

  /**
   * Whether the installation is registered, so that counts can be sent: its sync state holds a
   * secret. Without one there is nothing to send with.
   *
   * @throws SyncException if the state is there but cannot be used, so that nobody can tell
   */
  public boolean isRegistered() throws SyncException {
    SyncState state = SyncStateFile.at(stateRoot).read();
    return state != null && state.hasSecret();
  }

  /** {@link #dryRun(RunOptions)} with {@link RunOptions#DEFAULT}. */
  public DryRun dryRun() throws SyncException {
    return dryRun(RunOptions.DEFAULT);
  }

  /**
   * Sends what waits from before, if anything does, and then what no run has counted yet.
   *
   * <p>Without a window, that is everything that was appended to the traces since the last window
   * was made, whatever its time; the windows touch, and each ends now. With a window it is the
   * events that lie in it by their own time and were in none before; a window that overlaps one
   * that was sent is refused. With {@link RunOptions#align} windows end with whole hours or days:
   * events that come with a time before that end count even if they are late, in the next window;
   * those after it wait.
   *
   * <p>A window is stored before its first byte leaves, and waits until the server has accepted it,
   * whatever happens. Where files were rewritten so that nobody can tell which events were counted,
   * none of them is, and {@link RunReport#losses} says so.
   *
   * @param transport how to the registered server
   * @throws SyncException of kind {@code NOT_REGISTERED}; of kind {@code INPUT} if the window
   *     overlaps one that was sent, a source cannot be read or is a stream, or the day's budget of
   *     noise is used up; of kind {@code LOCAL_FILES} if the state cannot be read or written, or
   *     another run is under way and does not end within 10 seconds; of kind {@code AUTHORIZATION}
   *     or {@code NETWORK} if the server did not accept, and then the window waits
   */
  public RunReport run(RunOptions options, SyncTransport transport) throws SyncException {
    return ledger()
        .run(
            options,
            paths(sources(options)),
            state -> {
              Credential credential = credential(state);
              return body -> transport.send(body, credential);
            });
  }

  private Ledger ledger() {
    return Ledger.at(stateRoot, clock, RuntimeVersion.current());
  }

  private static Credential credential(SyncState state) throws SyncException {
    InstallationSecret secret = state.secret();
    String endpoint = state.endpoint();
    if (secret == null || endpoint == null) {
      throw SyncException.notRegistered(
          "the sync state does not say which server the secret is for: register again with"
              + " governor sync register --force");
    }
    return new Credential(Endpoint.parse(endpoint, true), secret);
  }

  private static List<Path> paths(List<TraceSource> sources) throws SyncException {
    List<Path> paths = new ArrayList<>();
    for (TraceSource source : sources) {
      if (!(source instanceof TraceSource.OnDisk file)) {
        throw SyncException.input(
            "a stream cannot be sent, because nobody could tell what of it was: write it to a file");
      }
      paths.add(file.path());
    }
    return paths;
  }

  /**
   * Every window that was ever sent, in order, byte for byte, and what it stood for. The last one
   * may be one that waits, whose acceptance is not known.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if state or history cannot be read
   */
  public List<SentWindow> history() throws SyncException {
    return ledger().history();
  }

  /**
   * Which traces are needed for counting, as of now: those with anything that no accepted window
   * has. None is without a registration; all are while nobody can tell, because the state cannot be
   * read.
   */
  public TraceUse traceUse() {
    return ledger().traceUse();
  }

  /**
   * What {@link #run} would send with the same options at this moment.
   *
   * <p>When nothing was ever sent and there is no registration, everything counts, and the window
   * is as wide as the events are, in whole seconds: it starts with the second of the earliest event
   * and ends with the first whole second that is neither before now nor before the latest event has
   * passed. When there is no event it is the last second before that end.
   *
   * @throws SyncException if a source or the sync state cannot be read, or the day's budget of
   *     noise is used up, or nothing would be sent before an hour or day is over
   */
  public DryRun dryRun(RunOptions options) throws SyncException {
    SyncState state = SyncStateFile.at(stateRoot).read();
    List<TraceSource> sources = sources(options);
    boolean streams = sources.stream().anyMatch(source -> source instanceof TraceSource.Stream);
    if (state == null || streams || !state.hasLedger()) {
      return fromNothing(state == null ? null : state.installationId(), options, sources);
    }
    Ledger.Preview preview = ledger().preview(state, options, paths(sources));
    return new DryRun(
        preview.payload(),
        preview.report(),
        preview.waiting(),
        preview.losses(),
        preview.overlapping());
  }

  private DryRun fromNothing(
      @Nullable String installationId, RunOptions options, List<TraceSource> sources)
      throws SyncException {
    TimeWindow asked = options.window();
    TraceCounter counter = TraceCounter.of(options.published()).reportingTo(options.progress());
    CountReport report = (asked == null ? counter : counter.within(asked)).count(sources);
    // The clock is read after the count, so that what was written meanwhile lies before now.
    TimeWindow window = asked == null ? everything(report, clock.instant()) : asked;
    SyncPayload payload =
        new SyncPayload(
            installationId,
            RuntimeVersion.current(),
            window.start(),
            window.end(),
            Ledger.firstSent(report.counts(), options));
    return new DryRun(payload, report);
  }

  private List<TraceSource> sources(RunOptions options) {
    List<TraceSource> asked = options.sources();
    if (asked != null) {
      return asked;
    }
    Path traces = TraceDirectory.traces(stateRoot);
    // Before the first event there is no such directory, and nothing to count.
    return Files.notExists(traces) ? List.of() : List.of(TraceSource.of(traces));
  }

  static TimeWindow everything(CountReport report, Instant now) {
    Instant end = ceiling(now);
    Instant latest = report.latest();
    if (latest != null && !latest.isBefore(end)) {
      end = floor(latest).plusSeconds(1);
    }
    end = earlier(end, floor(TimeWindow.LAST));
    Instant lastSecond = end.minusSeconds(1);
    Instant earliest = report.earliest();
    Instant start = earliest == null ? lastSecond : floor(earliest);
    return new TimeWindow(later(earlier(start, lastSecond), TimeWindow.FIRST), end);
  }

  private static Instant floor(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant ceiling(Instant instant) {
    Instant floor = floor(instant);
    return floor.equals(instant) ? instant : floor.plusSeconds(1);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
