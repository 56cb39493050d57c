package io.governor.sync.ledger;

import io.governor.file.OwnerOnly;
import io.governor.file.ProcessLock;
import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import io.governor.sync.SyncException;
import io.governor.sync.SyncPayload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code sync-state.json} below a state root (execution record, section 10.1), owner-only. It is
 * replaced in one step and forced to the disk, under a lock that only one process holds; reading
 * takes no lock. A file of version 1, or of another product, is taken over with all its members the
 * next time it is written; one of a version that is not known yet is refused and stays as it is.
 * Immutable; any thread may use it.
 */
public final class SyncStateFile {

  static final String NAME = "sync-state.json";
  static final long VERSION = 2;

  private static final StrictJson.Limits LIMITS =
      new StrictJson.Limits(32, 1 << 20, 256, 64L << 20, 4_000_000);
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final String EXPECTED =
      "; expected a JSON object whose member installation_id is inst_ and a UUID in lower case";

  private final Path root;
  private final Path file;
  private final LedgerFiles files;
  private final Disk disk;
  private final Duration bound;

  SyncStateFile(Path root, Disk disk, Duration bound) {
    this.root = root;
    this.file = root.resolve(NAME);
    this.files = new LedgerFiles(root);
    this.disk = disk;
    this.bound = bound;
  }

  /** The state below a root; nothing is created. */
  public static SyncStateFile at(Path stateRoot) {
    return new SyncStateFile(stateRoot, Disk.REAL, BOUND);
  }

  /** Makes a new state of the one that is there. */
  @FunctionalInterface
  public interface Change {

    /**
     * The new state.
     *
     * @param found what is there, or null when there is nothing
     */
    SyncState apply(@Nullable SyncState found) throws SyncException;
  }

  /**
   * What is there, or null when there is no such file.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if it is there but cannot be used, or
   *     somebody else could have made or changed it
   */
  public @Nullable SyncState read() throws SyncException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    StateGuard.check(root, file);
    Map<String, @Nullable Object> members = members();
    return members == null ? null : state(members);
  }

  /**
   * Changes the state, under the lock.
   *
   * @return what is there now
   * @throws SyncException of kind {@code LOCAL_FILES} if it cannot be read or written, or another
   *     process holds the lock for longer than 10 seconds; then nothing has changed
   */
  @SuppressWarnings("try") // the lock is held, not used
  public SyncState update(Change change) throws SyncException {
    try (ProcessLock lock = lock()) {
      SyncState state = change.apply(read());
      write(state);
      return state;
    }
  }

  /** The lock that whoever writes holds; closing it gives it back. */
  ProcessLock lock() throws SyncException {
    StateGuard.check(root, files.directory(), files.lock(), files.history());
    try {
      return guarded(ProcessLock.await(files.lock(), bound));
    } catch (IOException e) {
      throw Files.exists(files.lock(), LinkOption.NOFOLLOW_LINKS)
          ? SyncException.localFiles(
              "another sync is under way: it holds "
                  + files.lock()
                  + "; nothing was changed here, try again when it is done",
              e)
          : unlockable(e);
    }
  }

  /** Somebody else could have made what was not there before. */
  private ProcessLock guarded(ProcessLock lock) throws SyncException, IOException {
    try {
      StateGuard.check(root, files.directory());
      return lock;
    } catch (SyncException e) {
      lock.close();
      throw e;
    }
  }

  private SyncException unlockable(IOException e) {
    return SyncException.localFiles("cannot write " + files.lock() + ": no such place for it", e);
  }

  /** To be called with the lock held. */
  void write(SyncState state) throws SyncException {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put(StateMembers.VERSION, VERSION);
    out.putAll(state.members());
    out.put(StateMembers.VERSION, VERSION);
    out.put(StateMembers.LEDGER, StateCodec.write(state.ledger()));
    try {
      disk.replace(file, JsonText.of(out));
      removeHalves();
    } catch (IOException e) {
      throw SyncException.localFiles(
          "cannot write " + file + ": permission denied or disk full", e);
    }
  }

  /** What a process that was killed had begun to write; the secret and the contact are in it. */
  private void removeHalves() throws IOException {
    try (DirectoryStream<Path> halves =
        Files.newDirectoryStream(root, "." + NAME + ".*" + OwnerOnly.TEMPORARY)) {
      for (Path half : halves) {
        disk.delete(half);
      }
    }
  }

  private @Nullable Map<String, @Nullable Object> members() throws SyncException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      if (StrictJson.parse(in, LIMITS) instanceof Map<?, ?> state) {
        return StateMembers.object(state);
      }
      throw SyncException.localFiles(file + ": not an object" + EXPECTED);
    } catch (NoSuchFileException e) {
      return null;
    } catch (AccessDeniedException e) {
      throw SyncException.localFiles("cannot read " + file + ": permission denied", e);
    } catch (IOException e) {
      throw SyncException.localFiles("cannot read " + file + ": it is no readable file", e);
    } catch (JsonProblem e) {
      throw SyncException.localFiles(
          file + ":" + e.line() + ":" + e.column() + ": " + e.reason() + EXPECTED);
    }
  }

  private SyncState state(Map<String, @Nullable Object> members) throws SyncException {
    refuseNewer(members);
    Object id = members.get(StateMembers.INSTALLATION_ID);
    if (id == null) {
      throw SyncException.localFiles(file + ": no installation_id" + EXPECTED);
    }
    if (!(id instanceof String text) || !SyncPayload.isInstallationId(text)) {
      throw SyncException.localFiles(file + ": installation_id: not an installation id" + EXPECTED);
    }
    boolean foreign =
        !(members.get(StateMembers.VERSION) instanceof Long version) || version < VERSION;
    // A foreign ledger means something else; ours begins anew, and theirs stays where it was.
    return foreign ? takenOver(members) : ours(members);
  }

  /** Beside what was sent from here, a state that knows nothing of it would send it all again. */
  private void refuseBesideOurs() throws SyncException {
    if (Files.exists(files.history(), LinkOption.NOFOLLOW_LINKS)) {
      throw SyncException.localFiles(
          file
              + ": schema_version: expected "
              + VERSION
              + ", because "
              + files.directory()
              + " has what was sent from here; put the file back as it was written, or move "
              + files.directory()
              + " away to begin anew");
    }
  }

  private SyncState takenOver(Map<String, @Nullable Object> members) throws SyncException {
    refuseBesideOurs();
    Map<String, @Nullable Object> kept = new LinkedHashMap<>(members);
    if (kept.containsKey(StateMembers.LEDGER)) {
      kept.put("ledger_before", kept.remove(StateMembers.LEDGER));
    }
    return new SyncState(kept, LedgerState.NEW);
  }

  private SyncState ours(Map<String, @Nullable Object> members) throws SyncException {
    try {
      StateMembers.instantOrNull(members.get(StateMembers.FROM));
      LedgerState ledger = StateCodec.read(members.get(StateMembers.LEDGER));
      Map<String, @Nullable Object> others = new LinkedHashMap<>(members);
      others.remove(StateMembers.LEDGER);
      return new SyncState(others, ledger);
    } catch (IllegalArgumentException e) {
      throw SyncException.localFiles(
          file
              + ": from or ledger: "
              + e.getMessage()
              + "; nothing is sent until it is as it was written, or the state root is removed",
          e);
    }
  }

  private void refuseNewer(Map<String, @Nullable Object> members) throws SyncException {
    for (String name : new String[] {StateMembers.VERSION, "version"}) {
      Object version = members.get(name);
      if (version instanceof Number && !(version instanceof Long number && number <= VERSION)) {
        throw SyncException.localFiles(
            file
                + ": "
                + name
                + ": written by a newer version, and left as it is; expected at most "
                + VERSION);
      }
    }
  }
}
