package io.governor.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.governor.spring.boot.app.Desk;
import io.governor.spring.boot.app.DeskApplication;
import io.governor.spring.boot.app.DeskTools;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole application, with a web server on a free port of this machine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplicationTest {

  private static final String CANARY = "canary-91";

  private final HttpClient http = HttpClient.newHttpClient();
  private static @TempDir Path home;
  private ConfigurableApplicationContext application;
  private int port;

  @BeforeAll
  void startAndAskTwice() {
    application =
        SpringApplication.run(
            DeskApplication.class,
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--spring.main.banner-mode=off",
            "--spring.application.name=desk",
            "--management.endpoints.web.exposure.include=governor,health,metrics",
            "--management.endpoint.health.show-details=always",
            "--governor.policy=classpath:desk-policy.yaml",
            "--governor.agent.version=1.2",
            "--governor.state-root=" + home);
    port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
    Script script = application.getBean(Script.class);
    Desk desk = application.getBean(Desk.class);

    script.calls("refund.pay", "{\"text\":\"" + CANARY + "\",\"arg0\":\"" + CANARY + "\"}");
    desk.ask("Pay " + CANARY);
    assertThat(script.result()).contains("DESK-101", "Refunds are for people.");
    script.calls("crm.lookup", "{\"text\":\"" + CANARY + "\",\"arg0\":\"" + CANARY + "\"}");
    desk.ask("Who is " + CANARY);
    assertThat(script.result()).contains("found");
  }

  @AfterAll
  void stop() {
    application.close();
  }

  @Test
  void whatThePolicyDeniesDoesNotHappen() {
    assertThat(application.getBean(DeskTools.class).refunds()).isZero();
  }

  @Test
  void theTraceIsInTheStateRoot() throws Exception {
    try (Stream<Path> files = Files.walk(home)) {
      List<Path> traces = files.filter(file -> file.toString().endsWith(".jsonl")).toList();
      assertThat(traces).hasSize(2);
      for (Path trace : traces) {
        assertThat(Files.readString(trace)).contains("\"desk\"").doesNotContain(CANARY);
      }
    }
  }

  @Test
  void theEndpointTellsPolicyRulesAndTraceAndNothingOfAnyCall() throws Exception {
    String answer = get("/actuator/governor");

    assertThat(answer).doesNotContain(CANARY, "refund", "crm");
    ObjectMapper json = new ObjectMapper();
    JsonNode expected = json.readTree(getClass().getResourceAsStream("/governor-endpoint.json"));
    assertThat(json.readTree(answer)).isEqualTo(expected);
  }

  @Test
  void theGovernorIsPartOfTheApplicationsHealth() throws Exception {
    JsonNode health = new ObjectMapper().readTree(get("/actuator/health"));

    assertThat(health.at("/status").asText()).isEqualTo("UP");
    assertThat(health.at("/components/governor/status").asText()).isEqualTo("UP");
    assertThat(health.at("/components/governor/details/policy").asText())
        .isEqualTo("desk revision 3");
  }

  @Test
  void metersCountWhatWasDecided() {
    MeterRegistry meters = application.getBean(MeterRegistry.class);

    assertThat(
            meters
                .get("governor.evaluations")
                .tags("decision", "deny", "enforced", "true", "subject", "call")
                .tags("adapter", "langchain4j")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(meters.get("governor.rule.fires").tag("rule", "DESK-101").counter().count())
        .isEqualTo(1);
    assertThat(meters.get("governor.rule.fires").tag("rule", "DESK-102").counter().count())
        .isEqualTo(1);
    assertThat(meters.get("governor.evaluation").tag("subject", "call").timer().count())
        .isEqualTo(2);
    assertThat(meters.get("governor.trace.lost").functionCounter().count()).isZero();
  }

  @Test
  void noTagOfAMeterHoldsAnythingOfACall() {
    MeterRegistry meters = application.getBean(MeterRegistry.class);

    assertThat(meters.getMeters())
        .map(Meter::getId)
        .filteredOn(id -> id.getName().startsWith("governor."))
        .isNotEmpty()
        .allSatisfy(
            id ->
                assertThat(id.toString())
                    .doesNotContain(CANARY)
                    .doesNotContain("refund.pay")
                    .doesNotContain("crm.lookup"));
  }

  private String get(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
