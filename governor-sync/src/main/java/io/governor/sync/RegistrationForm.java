package io.governor.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who registers an installation says. Immutable; safe to share between threads. Its
 * {@code toString} does not show the contact.
 *
 * @param endpoint the server
 * @param contactEmail whom the server may write to; for the forms see {@link RegistrationRequest}
 * @param contactName their name
 * @param organization whom they work for, or null
 * @param operatorRole what they do there, or null
 * @param from events before it do not count in the first window; null when all do
 * @param force whether to register an installation again that is registered; its id and what was
 *     counted stay
 */
public record RegistrationForm(
    Endpoint endpoint,
    String contactEmail,
    String contactName,
    @Nullable String organization,
    @Nullable String operatorRole,
    @Nullable Instant from,
    boolean force) {

  /** A form with what has to be said. */
  public static RegistrationForm of(Endpoint endpoint, String contactEmail, String contactName) {
    return new RegistrationForm(endpoint, contactEmail, contactName, null, null, null, false);
  }

  /** The same with whom the contact works for and what they do there; null for what is not said. */
  public RegistrationForm with(@Nullable String newOrganization, @Nullable String newRole) {
    return new RegistrationForm(
        endpoint, contactEmail, contactName, newOrganization, newRole, from, force);
  }

  /** The same with an instant before which nothing counts in the first window; null for none. */
  public RegistrationForm startingAt(@Nullable Instant newFrom) {
    return new RegistrationForm(
        endpoint, contactEmail, contactName, organization, operatorRole, newFrom, force);
  }

  /** The same for an installation that may be registered already. */
  public RegistrationForm again(boolean newForce) {
    return new RegistrationForm(
        endpoint, contactEmail, contactName, organization, operatorRole, from, newForce);
  }

  /** What is sent for it. */
  RegistrationRequest request(String installationId) throws SyncException {
    try {
      return new RegistrationRequest(
          installationId,
          RuntimeVersion.current(),
          contactEmail,
          contactName,
          organization,
          operatorRole,
          UserAgent.current());
    } catch (IllegalArgumentException e) {
      throw SyncException.input(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String toString() {
    return "RegistrationForm[" + endpoint + (force ? ", again]" : "]");
  }
}
