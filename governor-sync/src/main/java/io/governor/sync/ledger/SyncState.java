package io.governor.sync.ledger;

import io.governor.sync.InstallationSecret;
import io.governor.sync.SentBody;
import io.governor.sync.SyncException;
import io.governor.sync.SyncPayload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sync-state.json} holds: who the installation is, where and since when it is
 * registered, and how far its traces were counted. Members that are not known here stay. Its {@code
 * toString} shows neither secret nor contact. Immutable; safe to share between threads.
 */
public final class SyncState {

  private final Map<String, @Nullable Object> members;
  private final LedgerState ledger;

  SyncState(Map<String, @Nullable Object> members, LedgerState ledger) {
    this.members = members;
    this.ledger = ledger;
  }

  /**
   * The state of an installation that is not registered yet and has counted nothing.
   *
   * @throws IllegalArgumentException if it is no installation id
   */
  public static SyncState of(String installationId) {
    if (!SyncPayload.isInstallationId(installationId)) {
      throw new IllegalArgumentException("an installation id is inst_ and a UUID in lower case");
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put(StateMembers.INSTALLATION_ID, installationId);
    return new SyncState(members, LedgerState.NEW);
  }

  /** {@code inst_} and a UUID in lower case. */
  public String installationId() {
    return String.valueOf(members.get(StateMembers.INSTALLATION_ID));
  }

  /** Whether there is a secret, be it one of another form. */
  public boolean hasSecret() {
    return members.get(StateMembers.SECRET) instanceof String secret && !secret.isEmpty();
  }

  /**
   * The same state, of an installation that is registered.
   *
   * @param found what is there, or null when there is nothing
   * @param otherwise what to say to one that is not
   * @throws SyncException of kind {@code NOT_REGISTERED} if it is not
   */
  public static SyncState registered(@Nullable SyncState found, String otherwise)
      throws SyncException {
    if (found == null || !found.hasSecret()) {
      throw SyncException.notRegistered("this installation is not registered: " + otherwise);
    }
    return found;
  }

  /**
   * The secret.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if what is there has not the form of one
   */
  public InstallationSecret secret() throws SyncException {
    try {
      return InstallationSecret.of(String.valueOf(members.get(StateMembers.SECRET)));
    } catch (IllegalArgumentException e) {
      throw SyncException.localFiles(
          SyncStateFile.NAME + ": installation_secret: " + e.getMessage() + "; register again");
    }
  }

  /** The contact that was registered, if it is known. */
  public @Nullable Contact contact() {
    return members.get(StateMembers.CONTACT) instanceof Map<?, ?> contact
        ? Contact.read(StateMembers.object(contact))
        : null;
  }

  /** The server that gave the secret, if it is known. */
  public @Nullable String endpoint() {
    return members.get(StateMembers.ENDPOINT) instanceof String endpoint ? endpoint : null;
  }

  /** Events before it do not count in the first window; null when all do. */
  public @Nullable Instant from() {
    return StateMembers.instantOrNull(members.get(StateMembers.FROM));
  }

  /** What the noise of every window is drawn from, or null before there is one. */
  @Nullable String noiseSeed() {
    return members.get(StateMembers.NOISE_SEED) instanceof String seed && Seeds.isSeed(seed)
        ? seed
        : null;
  }

  /** How far it was counted. */
  LedgerState ledger() {
    return ledger;
  }

  /** The window that was made and is not known to be accepted, or null. */
  public @Nullable SentBody waiting() {
    PendingWindow pending = ledger.pending();
    return pending == null ? null : pending.told(null);
  }

  /** How many windows the server has accepted. */
  public long acceptedWindows() {
    return ledger.accepted();
  }

  /** Whether a window was made, be it accepted or not. */
  public boolean hasCounted() {
    return ledger.accepted() > 0 || ledger.pending() != null;
  }

  Map<String, @Nullable Object> members() {
    return members;
  }

  /** The same with a secret, and the server that gave it; or without, when both are null. */
  public SyncState withSecret(@Nullable InstallationSecret secret, @Nullable String endpoint) {
    return with(StateMembers.SECRET, secret == null ? null : secret.reveal())
        .with(StateMembers.ENDPOINT, endpoint);
  }

  /** The same with a secret that noise is drawn from; one that is there stays. */
  public SyncState withNoiseSeed() {
    return withNoiseSeed(Seeds.secure());
  }

  SyncState withNoiseSeed(Seeds seeds) {
    return noiseSeed() == null ? with(StateMembers.NOISE_SEED, seeds.next()) : this;
  }

  /** The same with a contact. */
  public SyncState withContact(@Nullable Contact contact) {
    return with(StateMembers.CONTACT, contact == null ? null : contact.members());
  }

  /** The same with an instant before which nothing counts in the first window. */
  public SyncState withFrom(@Nullable Instant from) {
    return with(StateMembers.FROM, from == null ? null : from.toString());
  }

  SyncState with(LedgerState newLedger) {
    return new SyncState(members, newLedger);
  }

  private SyncState with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(members);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new SyncState(changed, ledger);
  }

  @Override
  public String toString() {
    return "SyncState[" + installationId() + (hasSecret() ? ", registered]" : "]");
  }
}
