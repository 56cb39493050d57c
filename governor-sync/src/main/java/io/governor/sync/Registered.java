package io.governor.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a registration. Immutable; safe to share between threads. Its {@code toString} shows
 * neither the secret nor the contact.
 *
 * @param sent what was sent, all of it
 * @param credential the server and the secret it gave; it is stored, and this is the one time that
 *     it is shown
 * @param from events before it do not count in the first window; null when all do
 * @param again whether the installation had been registered before
 * @param first whether no window was made yet, so that the next run is the first
 */
public record Registered(
    RegistrationRequest sent,
    Credential credential,
    @Nullable Instant from,
    boolean again,
    boolean first) {}
