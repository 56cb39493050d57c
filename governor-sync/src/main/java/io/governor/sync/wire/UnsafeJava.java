package io.governor.sync.wire;

import io.governor.sync.SyncException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * System properties with which Java's HTTP client would trust the wrong server, or print the
 * secret. With one of them set nothing is sent. Stateless.
 */
final class UnsafeJava {

  private record Danger(String property, Predicate<String> isSet, String effect) {}

  private static final String PRINTS = "prints what is sent, the secret included";

  private static final List<Danger> DANGERS =
      List.of(
          new Danger(
              "jdk.internal.httpclient.disableHostnameVerification",
              value -> !value.equals("false"),
              "lets any server with any certificate pass for ours"),
          new Danger(
              "jdk.httpclient.HttpClient.log", value -> anyOf(value, "all", "headers"), PRINTS),
          new Danger("jdk.internal.httpclient.debug", value -> !value.equals("false"), PRINTS),
          new Danger(
              "javax.net.debug",
              value -> value.isEmpty() || anyOf(value, "all", "plaintext"),
              PRINTS));

  private UnsafeJava() {}

  private static boolean anyOf(String value, String... words) {
    return List.of(words).stream().anyMatch(value::contains);
  }

  /**
   * @throws SyncException of kind {@code INPUT} that names the property and its effect
   */
  static void refuse() throws SyncException {
    for (Danger danger : DANGERS) {
      @Nullable String value = System.getProperty(danger.property());
      if (value != null && danger.isSet().test(value.strip().toLowerCase(Locale.ROOT))) {
        throw SyncException.input(
            "nothing is sent while the system property "
                + danger.property()
                + " is set, which "
                + danger.effect()
                + "; start Java without it");
      }
    }
  }
}
