package io.governor.sync.wire;

import static io.governor.sync.wire.Exchanges.AMPLE;
import static io.governor.sync.wire.Exchanges.body;
import static io.governor.sync.wire.Exchanges.credential;
import static io.governor.sync.wire.Exchanges.endpoint;
import static io.governor.sync.wire.Exchanges.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.collector.testing.Fault;
import io.governor.collector.testing.ReceivedRequest;
import io.governor.collector.testing.TestCollector;
import io.governor.sync.Credential;
import io.governor.sync.Endpoint;
import io.governor.sync.InstallationSecret;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Delivery;
import io.governor.sync.SyncException.Kind;
import io.governor.sync.UpdateCheck;
import io.governor.sync.UserAgent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a server that keeps the contract. */
class HttpTransportTest {

  private final TestCollector collector = TestCollector.start();
  private final Endpoint endpoint = endpoint(collector.endpoint());
  private final FakePace pace = new FakePace();
  private HttpTransport transport;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    transport = Exchanges.transport(endpoint, trusting(collector.writeCa(folder)), AMPLE, pace);
  }

  @AfterEach
  void close() {
    transport.close();
    collector.close();
  }

  @Test
  void registers_sends_and_asks_for_updates() throws Exception {
    Credential credential = transport.register(Exchanges.registration());
    transport.send(body(7), credential);
    transport.send(body(7), credential);
    collector.latestVersion("0.2.0");

    assertThat(transport.checkForUpdate(Exchanges.ID, "0.1.0+1"))
        .isEqualTo(new UpdateCheck("0.2.0", true));
    assertThat(collector.secrets()).containsExactly(credential.secret().reveal());
    assertThat(credential.endpoint()).isEqualTo(endpoint);
    assertThat(collector.registrations())
        .containsExactly(
            Map.of(
                "installation_id",
                Exchanges.ID,
                "runtime_version",
                "0.1.0",
                "contact_email",
                "ann@example.org",
                "contact_name",
                "Ann",
                "organization",
                "Example \u00fc. V.",
                "user_agent",
                UserAgent.current()));
    assertThat(collector.sum()).containsEntry("POL-001", 7L);
    assertThat(pace.pauses).isEmpty();
  }

  @Test
  void a_send_is_these_bytes_and_no_others() throws Exception {
    collector.issue(Exchanges.ID, Exchanges.SECRET);
    transport.send(body(7), credential(endpoint));

    String json = new String(body(7), StandardCharsets.US_ASCII);
    assertThat(collector.received().toLowerCase(Locale.ROOT))
        .endsWith("\r\n\r\n" + json.toLowerCase(Locale.ROOT));
    ReceivedRequest request = collector.requests().get(0);
    assertThat(request.headers())
        .isEqualTo(
            Map.of(
                "accept",
                "application/json",
                "authorization",
                "Bearer " + Exchanges.SECRET,
                "content-length",
                "" + json.length(),
                "content-type",
                "application/json",
                "host",
                "127.0.0.1:" + endpoint.port(),
                "user-agent",
                UserAgent.current()));
  }

  @Test
  void the_secret_goes_nowhere_but_into_the_header_of_a_send() throws Exception {
    collector.issue(Exchanges.ID, Exchanges.SECRET);
    transport.register(Exchanges.registration());
    transport.checkForUpdate(Exchanges.ID, "0.1.0");

    assertThat(collector.received()).doesNotContain("sgn_live").doesNotContain("Bearer");
    // Java 17 says that a request without body has a body of length 0.
    assertThat(collector.requests().get(1).headers().keySet())
        .isSubsetOf(Set.of("accept", "content-length", "host", "user-agent"));
  }

  @Test
  void the_secret_of_another_server_is_not_sent() {
    Endpoint other = endpoint("https://other.example.org");

    SyncException refusal =
        catchThrowableOfType(SyncException.class, () -> transport.send(body(1), credential(other)));

    assertThat(refusal)
        .hasMessage(
            endpoint
                + ": nothing was sent, for the secret is that of https://other.example.org; to"
                + " send here, register here");
    assertThat(refusal.kind()).isEqualTo(Kind.AUTHORIZATION);
    assertThat(refusal.delivery()).isEqualTo(Delivery.NOT_SENT);
    assertThat(collector.knocks()).isZero();
  }

  @Test
  void a_send_is_repeated_until_it_is_known_to_count_and_counts_once() throws Exception {
    collector.issue(Exchanges.ID, Exchanges.SECRET);
    collector.failNext(Fault.LOST_REQUEST, Fault.LOST_ANSWER, Fault.statusAfterEffect(502));

    transport.send(body(7), credential(endpoint));

    assertThat(collector.requests()).hasSize(4);
    assertThat(collector.sum()).containsEntry("POL-001", 7L);
    assertThat(pace.pauses).hasToString("[PT0.5S, PT1S, PT2S]");
  }

  @Test
  void a_registration_that_may_have_counted_is_not_repeated() {
    collector.failNext(Fault.LOST_ANSWER);

    assertThatThrownBy(() -> transport.register(Exchanges.registration()))
        .hasMessage(
            endpoint
                + ": the connection ended before a whole HTTP answer had come; nobody can tell"
                + " whether the registration arrived")
        .hasNoCause();
    assertThat(collector.requests()).hasSize(1);
  }

  @Test
  void a_registration_that_certainly_did_not_count_is_repeated() throws Exception {
    collector.failNext(Fault.status(429));

    transport.register(Exchanges.registration());

    assertThat(collector.registrations()).hasSize(1);
  }

  @Test
  void a_secret_that_the_server_does_not_know_is_told_with_the_way_out() {
    assertThatThrownBy(() -> transport.send(body(1), credential(endpoint)))
        .hasMessage(
            endpoint
                + ": the server does not know this installation with this secret (HTTP 401); the"
                + " counts did not count there; register again: governor sync register --force")
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.AUTHORIZATION));
  }

  @Test
  void other_counts_for_the_same_window_are_told() throws Exception {
    collector.issue(Exchanges.ID, Exchanges.SECRET);
    transport.send(body(1), credential(endpoint));

    assertThatThrownBy(() -> transport.send(body(2), credential(endpoint)))
        .hasMessage(
            endpoint
                + ": the server has other counts for the same window (HTTP 409); the counts did"
                + " not count there; compare with governor sync history, or ask whoever runs the"
                + " server");
  }

  @Test
  void nothing_that_is_shown_holds_a_secret() {
    Credential credential = new Credential(endpoint, InstallationSecret.of(Exchanges.SECRET));

    assertThat(List.of(credential, transport, Exchanges.registration()).toString())
        .doesNotContain("CANARY")
        .doesNotContain("ann@");
  }
}
