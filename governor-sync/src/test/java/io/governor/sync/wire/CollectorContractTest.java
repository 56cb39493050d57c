package io.governor.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.RuleId;
import io.governor.collector.testing.Fault;
import io.governor.collector.testing.TestCollector;
import io.governor.sync.RuleCounts;
import io.governor.sync.SyncPayload;
import io.governor.sync.UserAgent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server that other tests rely on, asked without the client that is under test. */
class CollectorContractTest {

  private static final String ID = "inst_00000000-0000-4000-8000-000000000001";
  private static final String SECRET = "sgn_live_0123456789abcdef";
  private static final Instant NOON = Instant.parse("2026-04-14T12:00:00Z");

  private final TestCollector collector = TestCollector.startPlain();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    collector.close();
  }

  @Test
  void a_registration_gives_a_secret_that_opens_the_door() throws Exception {
    HttpResponse<String> answer = post("/register", "", registration(""));

    String secret = collector.secrets().get(0);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{\"installation_secret\": \"" + secret + "\"}");
    assertThat(post("/sync", secret, body(1)).statusCode()).isEqualTo(200);
  }

  @Test
  void a_second_registration_makes_the_first_secret_worthless_or_is_refused() throws Exception {
    post("/register", "", registration(""));
    String first = collector.secrets().get(0);
    post("/register", "", registration(""));

    assertThat(post("/sync", first, body(1)).statusCode()).isEqualTo(401);

    collector.refuseKnownInstallations();
    assertThat(post("/register", "", registration("")).statusCode()).isEqualTo(409);
  }

  @Test
  void the_same_bytes_count_once_and_others_for_their_window_are_refused() throws Exception {
    collector.issue(ID, SECRET);

    assertThat(post("/sync", SECRET, body(7)).statusCode()).isEqualTo(200);
    assertThat(post("/sync", SECRET, body(7)).statusCode()).isEqualTo(200);
    assertThat(post("/sync", SECRET, body(8)).statusCode()).isEqualTo(409);

    assertThat(collector.sum()).containsEntry("POL-001", 7L).containsEntry("POL-005", 0L);
    assertThat(collector.accepted()).containsExactly(body(7).getBytes(StandardCharsets.UTF_8));
    assertThat(collector.requests()).hasSize(3);
    assertThat(collector.received()).contains("Bearer " + SECRET).contains(body(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"installation_id\": \"" + ID + "\"}",
        "ADD \"hostname\": \"x\",",
        "DROP POL-003",
        "NEGATIVE",
        "BACKWARDS"
      })
  void a_body_of_anything_but_the_five_members_is_refused(String wrong) throws Exception {
    collector.issue(ID, SECRET);

    assertThat(post("/sync", SECRET, damaged(wrong)).statusCode()).isEqualTo(400);
    assertThat(collector.accepted()).isEmpty();
  }

  private static String damaged(String how) {
    if (how.startsWith("ADD ")) {
      return body(1).replaceFirst("\\{", "{" + how.substring(4));
    }
    return switch (how) {
      case "DROP POL-003" -> body(1).replace("\"POL-003\": 0, ", "");
      case "NEGATIVE" -> body(1).replace("\"POL-001\": 1", "\"POL-001\": -1");
      case "BACKWARDS" -> body(1).replace("2026-04-14T12:00:00Z", "2027-04-14T12:00:00Z");
      default -> how;
    };
  }

  @Test
  void a_stranger_a_wrong_secret_and_the_secret_of_another_are_refused() throws Exception {
    collector.issue("inst_00000000-0000-4000-8000-000000000002", SECRET);

    assertThat(post("/sync", "", body(1)).statusCode()).isEqualTo(401);
    assertThat(post("/sync", SECRET + "x", body(1)).statusCode()).isEqualTo(401);
    assertThat(post("/sync", SECRET, body(1)).statusCode()).isEqualTo(403);
    assertThat(post("/elsewhere", SECRET, body(1)).statusCode()).isEqualTo(404);
  }

  @Test
  void a_registration_with_a_member_too_many_or_too_few_is_refused() throws Exception {
    assertThat(post("/register", "", registration("\"host\": \"x\", ")).statusCode())
        .isEqualTo(400);
    assertThat(post("/register", "", "{}").statusCode()).isEqualTo(400);
    assertThat(post("/register", SECRET, registration("")).statusCode()).isEqualTo(400);
    assertThat(post("/register", "", registration("\"organization\": \"x\", ")).statusCode())
        .isEqualTo(201);
    assertThat(collector.registrations()).hasSize(1);
  }

  @Test
  void an_update_check_names_the_installation_and_its_version_and_no_secret() throws Exception {
    String target = "/update-check?installation_id=" + ID + "&runtime_version=0.1.0";

    assertThat(get(target, "").body())
        .isEqualTo("{\"latest_version\": null, \"update_available\": false}");
    collector.latestVersion("0.2.0");
    assertThat(get(target, "").body())
        .isEqualTo("{\"latest_version\": \"0.2.0\", \"update_available\": true}");
    assertThat(get(target, SECRET).statusCode()).isEqualTo(400);
    assertThat(get(target + "&os=linux", "").statusCode()).isEqualTo(400);
  }

  @Test
  void faults_come_one_by_one_and_some_have_had_their_effect() throws Exception {
    collector.issue(ID, SECRET);
    collector.failNext(Fault.status(503), Fault.statusAfterEffect(500));

    assertThat(post("/sync", SECRET, body(1)).statusCode()).isEqualTo(503);
    assertThat(collector.accepted()).isEmpty();
    assertThat(post("/sync", SECRET, body(1)).statusCode()).isEqualTo(500);
    assertThat(collector.accepted()).hasSize(1);
    assertThat(post("/sync", SECRET, body(1)).statusCode()).isEqualTo(200);
    assertThat(collector.accepted()).hasSize(1);
  }

  private static String body(long count) {
    RuleCounts zero = RuleCounts.zero(List.of());
    RuleCounts counts = zero.plus(new RuleCounts(new TreeMap<>(Map.of(pol1(), count))));
    SyncPayload payload = new SyncPayload(ID, "0.1.0", NOON, NOON.plusSeconds(60), counts);
    return new String(payload.toJson(), StandardCharsets.UTF_8);
  }

  private static RuleId pol1() {
    return RuleId.of("POL-001");
  }

  private static String registration(String extra) {
    return "{\"installation_id\": \"%s\", \"runtime_version\": \"0.1.0\", \"contact_email\":"
            .formatted(ID)
        + " \"a@b\", \"contact_name\": \"Ann\", %s\"user_agent\": \"%s\"}"
            .formatted(extra, UserAgent.current());
  }

  private HttpResponse<String> post(String path, String secret, String body)
      throws IOException, InterruptedException {
    return send(path, secret, request -> request.POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String path, String secret)
      throws IOException, InterruptedException {
    return send(path, secret, HttpRequest.Builder::GET);
  }

  private interface Verb {
    HttpRequest.Builder on(HttpRequest.Builder request);
  }

  private HttpResponse<String> send(String path, String secret, Verb verb)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(collector.endpoint() + path))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/json")
            .header("User-Agent", UserAgent.current());
    if (!secret.isEmpty()) {
      request.header("Authorization", "Bearer " + secret);
    }
    return client.send(verb.on(request).build(), BodyHandlers.ofString());
  }
}
