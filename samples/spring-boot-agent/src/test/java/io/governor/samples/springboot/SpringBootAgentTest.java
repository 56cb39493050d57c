package io.governor.samples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The sample starts, answers its customer, and shows what the governor counted. */
class SpringBootAgentTest {

  @TempDir Path home;

  @Test
  void theEndpointShowsTheDeniedRefund() throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (ConfigurableApplicationContext application =
        SpringApplication.run(
            SpringBootAgent.class, "--server.port=0", "--governor.state-root=" + home)) {
      String port = application.getEnvironment().getRequiredProperty("local.server.port");
      String address = "http://127.0.0.1:" + port + "/actuator/";

      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("agent     A colleague will look at your refund", address + "governor");
      String governor = get(address + "governor");
      assertThat(governor).doesNotContain("499", "mia", "1042");
      assertThat(json(governor).at("/mode").asText()).isEqualTo("enforce");
      assertThat(json(governor).at("/rules"))
          .contains(json("{\"id\": \"SHOP-101\", \"fires\": 1}"));
      assertThat(json(get(address + "health")).at("/components/governor/status").asText())
          .isEqualTo("UP");
      assertThat(get(address + "metrics/governor.evaluations")).contains("\"deny\"");
    } finally {
      System.setOut(out);
    }
  }

  /** Versions of Boot differ in the order of members. */
  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  private static String get(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
