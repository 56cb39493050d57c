package io.governor.sync;

import io.governor.sync.ledger.Contact;
import io.governor.sync.ledger.SyncState;
import io.governor.sync.ledger.SyncStateFile;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes an installation known to a server, and forgets it. The id is on the disk before anybody is
 * asked: when the process dies between the server's answer and the storing of the secret, the next
 * registration asks again for the same installation, just as one with force does, and gets a new
 * secret. The lock is held from the question to the storing, so that of two registrations at once
 * the secret that is stored is the one that was given last. Immutable; any thread may use it.
 */
final class Registering {

  private final SyncStateFile file;
  private final TransportFactory transports;
  private final ConnectionSettings settings;

  Registering(SyncStateFile file, TransportFactory transports, ConnectionSettings settings) {
    this.file = file;
    this.transports = transports;
    this.settings = settings;
  }

  Registered register(RegistrationForm form) throws SyncException {
    // Refuses what is wrong with the form before anything is written.
    form.request("inst_" + new UUID(0, 0));
    AtomicReference<@Nullable Registered> outcome = new AtomicReference<>();
    try (SyncTransport transport = transports.to(form.endpoint(), settings)) {
      file.update(found -> identified(found, form));
      file.update(found -> asked(identified(found, form), form, transport, outcome));
    }
    Registered registered = outcome.get();
    if (registered == null) {
      throw new IllegalStateException("nothing was registered");
    }
    return registered;
  }

  private static SyncState identified(@Nullable SyncState found, RegistrationForm form)
      throws SyncException {
    if (found == null) {
      return SyncState.of("inst_" + UUID.randomUUID());
    }
    refuseRegistered(found, form);
    refuseLateStart(found, form);
    return found;
  }

  private static void refuseRegistered(SyncState found, RegistrationForm form)
      throws SyncException {
    if (!found.hasSecret() || form.force()) {
      return;
    }
    String endpoint = found.endpoint();
    throw SyncException.input(
        "this installation is registered already"
            + (endpoint == null ? "" : " with " + endpoint)
            + " as "
            + found.installationId()
            + ": sync run sends its counts; with --force it is registered again and keeps its id,"
            + " and sync unregister forgets the server");
  }

  private static void refuseLateStart(SyncState found, RegistrationForm form) throws SyncException {
    if (form.from() != null && found.hasCounted()) {
      throw SyncException.input(
          "--from is for the first run, and there was one: windows touch, so the next one starts"
              + " where the last one ended; leave --from out");
    }
  }

  private static SyncState asked(
      SyncState state,
      RegistrationForm form,
      SyncTransport transport,
      AtomicReference<@Nullable Registered> outcome)
      throws SyncException {
    RegistrationRequest request = form.request(state.installationId());
    Credential credential = transport.register(request);
    Instant from = form.from() == null ? state.from() : form.from();
    outcome.set(new Registered(request, credential, from, state.hasSecret(), !state.hasCounted()));
    return state
        .withSecret(credential.secret(), credential.endpoint().toString())
        .withContact(
            Contact.of(
                form.contactEmail(), form.contactName(), form.organization(), form.operatorRole()))
        .withFrom(from)
        .withNoiseSeed();
  }

  static Unregistered unregister(SyncStateFile file) throws SyncException {
    SyncState before =
        SyncState.registered(
            file.read(), "there is no server to forget, and nothing leaves this machine");
    SyncState after =
        file.update(
            found -> (found == null ? before : found).withSecret(null, null).withContact(null));
    return new Unregistered(before.endpoint(), after.waiting());
  }
}
