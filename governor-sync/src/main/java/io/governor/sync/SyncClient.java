package io.governor.sync;

import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the payload of an installation from its traces. A dry run makes it and stops there: no
 * socket is opened, no name resolved, nothing written; it works without a registration.
 *
 * <p>Immutable; any thread may use it.
 */
public final class SyncClient {

  private final Path stateRoot;
  private final InstantSource clock;
  private final TransportFactory transports;

  private SyncClient(Path stateRoot, InstantSource clock, TransportFactory transports) {
    this.stateRoot = stateRoot;
    this.clock = clock;
    this.transports = transports;
  }

  /** The client of the installation whose state is below the given root. */
  public static SyncClient at(Path stateRoot) {
    return at(stateRoot, InstantSource.system());
  }

  /** The same with a clock that says when now is. */
  public static SyncClient at(Path stateRoot, InstantSource clock) {
    return new SyncClient(stateRoot, clock, HttpTransport::to);
  }

  /** The same with another way to the server. */
  public SyncClient over(TransportFactory newTransports) {
    return new SyncClient(stateRoot, clock, newTransports);
  }

  /**
   * Whether the installation is registered, so that counts can be sent: its sync state holds a
   * secret. Without one there is nothing to send with.
   *
   * @throws SyncException if the state is there but cannot be used, so that nobody can tell
   */
  public boolean isRegistered() throws SyncException {
    return SyncStateFile.hasSecret(stateRoot);
  }

  /**
   * Makes the installation known to a server. The id is made once, stored before the server is
   * asked, and kept by every later registration; the secret is stored, for the owner only.
   *
   * @return what was sent, and the secret, this once
   * @throws SyncException of kind {@code INPUT} if it is registered already and the form does not
   *     say again, or the form cannot be used; else of the kind of what failed, and then nothing has
   *     changed but that there is an id
   */
  public Registered register(RegistrationForm form) throws SyncException {
    ConnectionSettings settings = SyncConfig.read(stateRoot).connection();
    return new Registering(state(), transports, settings).register(form);
  }

  /**
   * Forgets the server, its secret and the contact. The id and what was counted stay, so that
   * nothing is counted twice should the installation be registered again.
   *
   * @return the server, if it was known
   * @throws SyncException of kind {@code NOT_REGISTERED} if it is not registered
   */
  public Optional<String> unregister() throws SyncException {
    return Optional.ofNullable(Registering.unregister(state()));
  }

  /**
   * Asks the registered server for a newer version; sends the id and the version, nothing else.
   *
   * @throws SyncException of kind {@code NOT_REGISTERED} if it is not registered
   */
  public UpdateCheck checkForUpdate() throws SyncException {
    SyncState registered = Registering.registered(state());
    return transport(registered)
        .checkForUpdate(registered.installationId(), RuntimeVersion.current());
  }

  private SyncTransport transport(SyncState registered) throws SyncException {
    ConnectionSettings settings = SyncConfig.read(stateRoot).connection();
    return transports.to(Registering.endpoint(registered), settings);
  }

  private SyncStateFile state() {
    return SyncStateFile.at(stateRoot);
  }

  /** {@link #dryRun(DryRunOptions)} with {@link DryRunOptions#DEFAULT}. */
  public DryRun dryRun() throws SyncException {
    return dryRun(DryRunOptions.DEFAULT);
  }

  /**
   * What would be sent.
   *
   * <p>With a window, the events that lie in it by their own time are counted. Without one, all
   * are, and the window is as wide as they are, in whole seconds: it starts with the second of the
   * earliest event and ends with the first whole second that is neither before now nor before the
   * latest event has passed. So every counted event that has a time lies inside, also when its
   * writer's clock ran ahead of this one, and the payload says nothing finer than a second. When
   * there is no event it is the last second before that end.
   *
   * @throws SyncException if a source or the sync state cannot be read
   */
  public DryRun dryRun(DryRunOptions options) throws SyncException {
    @Nullable String installationId = SyncStateFile.installationId(stateRoot);
    TimeWindow asked = options.window();
    TraceCounter counter = TraceCounter.of(options.published()).reportingTo(options.progress());
    CountReport report = (asked == null ? counter : counter.within(asked)).count(sources(options));
    // The clock is read after the count, so that what was written meanwhile lies before now.
    TimeWindow window = asked == null ? everything(report, clock.instant()) : asked;
    SyncPayload payload =
        new SyncPayload(
            installationId,
            RuntimeVersion.current(),
            window.start(),
            window.end(),
            report.counts());
    return new DryRun(payload, report);
  }

  private List<TraceSource> sources(DryRunOptions options) {
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
