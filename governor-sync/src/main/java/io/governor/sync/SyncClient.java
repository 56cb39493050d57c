package io.governor.sync;

import io.governor.sync.ledger.Ledger;
import io.governor.sync.ledger.SyncState;
import io.governor.sync.ledger.SyncStateFile;
import io.governor.sync.wire.HttpTransport;
import io.governor.trace.AutomaticPruning;
import io.governor.trace.TraceUse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
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
    // Not a method reference, for that would load what can connect into every dry run.
    return new SyncClient(
        stateRoot, clock, (endpoint, settings) -> HttpTransport.to(endpoint, settings));
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
    SyncState state = SyncStateFile.at(stateRoot).read();
    return state != null && state.hasSecret();
  }

  /**
   * Makes the installation known to a server. The id is made once, stored before the server is
   * asked, and kept by every later registration; the secret is stored, for the owner only. When the
   * process dies between the server's answer and that, registering again asks for the same
   * installation and gets a new secret.
   *
   * @return what was sent, and the secret, this once
   * @throws SyncException of kind {@code INPUT} if it is registered already and the form does not
   *     say again, or the form cannot be used; else of the kind of what failed, and then nothing
   *     has changed but that there is an id
   */
  public Registered register(RegistrationForm form) throws SyncException {
    ConnectionSettings settings = SyncConfig.read(stateRoot).connection();
    return new Registering(SyncStateFile.at(stateRoot), transports, settings).register(form);
  }

  /**
   * Forgets the server, its secret and the contact. The id and what was counted stay, so that
   * nothing is counted twice should the installation be registered again.
   *
   * <p>A window that waits, because nobody knows whether the server accepted it, waits on: another
   * registration's first run sends it before anything else.
   *
   * @return what was forgotten, and what stays
   * @throws SyncException of kind {@code NOT_REGISTERED} if it is not registered
   */
  public Unregistered unregister() throws SyncException {
    return Registering.unregister(SyncStateFile.at(stateRoot));
  }

  /**
   * How the installation stands with its server; asks nobody.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if state or history cannot be read
   */
  public SyncStatus status() throws SyncException {
    return SyncStatus.of(SyncStateFile.at(stateRoot).read(), history());
  }

  /**
   * Asks the registered server for a newer version; sends the id and the version, nothing else.
   *
   * @throws SyncException of kind {@code NOT_REGISTERED} if it is not registered
   */
  public UpdateCheck checkForUpdate() throws SyncException {
    SyncState registered = registered("sync register makes it known to a server that can be asked");
    try (SyncTransport transport = transport(registered)) {
      return transport.checkForUpdate(registered.installationId(), RuntimeVersion.current());
    }
  }

  private SyncState registered(String otherwise) throws SyncException {
    return SyncState.registered(SyncStateFile.at(stateRoot).read(), otherwise);
  }

  private SyncTransport transport(SyncState registered) throws SyncException {
    ConnectionSettings settings = SyncConfig.read(stateRoot).connection();
    return transports.to(RegisteredServer.endpoint(registered), settings);
  }

  /**
   * What the configuration says about a run.
   *
   * @throws SyncException if the configuration is refused
   */
  public RunOptions configured() throws SyncException {
    return SyncConfig.read(stateRoot).runOptions(stateRoot);
  }

  /** How often the configuration says that a schedule runs, or null for never. */
  @Nullable Duration interval() throws SyncException {
    return SyncConfig.read(stateRoot).every();
  }

  /** {@link #run(RunOptions)} as {@link #configured}. */
  public RunReport run() throws SyncException {
    return run(configured());
  }

  /** {@link #run(RunOptions, SyncTransport)} to the registered server. */
  public RunReport run(RunOptions options) throws SyncException {
    SyncState registered = registered(Ledger.UNREGISTERED);
    try (SyncTransport transport = transport(registered)) {
      return run(options, transport);
    }
  }

  /** {@link #dryRun(RunOptions)} as {@link #configured}. */
  public DryRun dryRun() throws SyncException {
    return dryRun(configured());
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
   * <p>Where the day's budget of noise is used up, or an aligned window is not over, there is no
   * new window, and {@link RunReport#postponed} says until when.
   *
   * <p>Afterwards traces that are counted and were kept as long as asked are removed, at most once
   * a day, see {@link AutomaticPruning}.
   *
   * @param transport how to the registered server
   * @throws SyncException of kind {@code NOT_REGISTERED}; of kind {@code INPUT} if the window
   *     overlaps one that was sent, ends in the future or is not of whole seconds, or a source
   *     cannot be read or is a stream; of kind {@code LOCAL_FILES} if the state cannot be read or
   *     written, or another run is under way and does not end within 10 seconds; of kind {@code
   *     AUTHORIZATION} or {@code NETWORK} if the server did not accept, and then the window waits
   */
  public RunReport run(RunOptions options, SyncTransport transport) throws SyncException {
    RunReport report =
        ledger()
            .run(
                options,
                RunSources.of(options, stateRoot),
                state -> {
                  Credential credential = RegisteredServer.credential(state);
                  return body -> transport.send(body, credential);
                });
    // Nobody else removes traces here, for nobody else can tell which are counted.
    AutomaticPruning.of(stateRoot, InstantSource.system()).prune(this::traceUse);
    return report;
  }

  private Ledger ledger() {
    return Ledger.at(stateRoot, clock, RuntimeVersion.current());
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
   * What {@link #run} would send with the same options at this moment, made by the same code.
   * Without a registration it is what a run would send right after one: everything counts, the
   * payload names no installation until there is an id, and noise is still to come.
   *
   * @throws SyncException if a source or the sync state cannot be read, or a window that was asked
   *     for is one that a run would refuse for another reason than that it was sent
   */
  public DryRun dryRun(RunOptions options) throws SyncException {
    SyncState state = SyncStateFile.at(stateRoot).read();
    return ledger().preview(state, options, RunSources.of(options, stateRoot));
  }
}
