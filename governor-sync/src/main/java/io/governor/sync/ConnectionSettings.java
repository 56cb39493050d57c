package io.governor.sync;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server is reached, beyond what every connection has to keep to. Immutable; safe to share
 * between threads.
 *
 * @param allowLoopbackHttp whether plain HTTP to this machine itself is allowed, for tests
 * @param caFile a PEM file whose certificates are trusted instead of Java's own, or null
 * @param pins {@code sha256/} and the Base64 of the SHA-256 of a public key (SPKI); empty for none,
 *     else one of them must be on the verified path
 * @param proxy a host and a port, or null for none; never taken from the environment
 */
public record ConnectionSettings(
    boolean allowLoopbackHttp, @Nullable Path caFile, List<String> pins, @Nullable String proxy) {

  /** HTTPS, without pins and proxy, trusting what Java trusts. */
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(false, null, List.of(), null);

  public ConnectionSettings {
    pins = List.copyOf(pins);
  }
}
