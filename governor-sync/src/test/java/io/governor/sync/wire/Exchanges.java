package io.governor.sync.wire;

import io.governor.RuleId;
import io.governor.sync.ConnectionSettings;
import io.governor.sync.Credential;
import io.governor.sync.Endpoint;
import io.governor.sync.InstallationSecret;
import io.governor.sync.RegistrationRequest;
import io.governor.sync.RuleCounts;
import io.governor.sync.SyncException;
import io.governor.sync.SyncPayload;
import io.governor.sync.UserAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What exchanges in tests are made of. */
final class Exchanges {

  static final String ID = "inst_00000000-0000-4000-8000-000000000001";
  static final String SECRET = "sgn_live_CANARYcanary0123456789";
  static final Instant NOON = Instant.parse("2026-04-14T12:00:00Z");

  /** For what ends by itself, also on a busy machine. */
  static final Deadlines AMPLE =
      new Deadlines(Duration.ofSeconds(6), Duration.ofSeconds(7), Duration.ofSeconds(25));

  /** For what never ends; long enough for a handshake. */
  static final Deadlines SHORT =
      new Deadlines(Duration.ofSeconds(2), Duration.ofMillis(900), Duration.ofSeconds(25));

  private Exchanges() {}

  static byte[] body(long count) {
    RuleCounts zero = RuleCounts.zero(List.of());
    RuleCounts counts =
        zero.plus(new RuleCounts(new TreeMap<>(Map.of(RuleId.of("POL-001"), count))));
    return new SyncPayload(ID, "0.1.0", NOON, NOON.plusSeconds(60), counts).toJson();
  }

  static RegistrationRequest registration() {
    return new RegistrationRequest(
        ID, "0.1.0", "ann@example.org", "Ann", "Example \u00fc. V.", null, UserAgent.current());
  }

  static Credential credential(Endpoint endpoint) {
    return new Credential(endpoint, InstallationSecret.of(SECRET));
  }

  static ConnectionSettings trusting(@Nullable Path ca, String... pins) {
    return new ConnectionSettings(true, ca, List.of(pins), null);
  }

  static Endpoint endpoint(String address) {
    try {
      return Endpoint.parse(address, true);
    } catch (SyncException e) {
      throw new AssertionError(address, e);
    }
  }

  static HttpTransport transport(
      Endpoint endpoint, ConnectionSettings settings, Deadlines deadlines, Pace pace)
      throws SyncException {
    return HttpTransport.to(
        endpoint,
        settings,
        deadlines,
        pace,
        new RetryBudget(pace),
        new NetworkSwitch(variable -> null));
  }
}
