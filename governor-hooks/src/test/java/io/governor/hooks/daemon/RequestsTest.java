package io.governor.hooks.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class RequestsTest {

  @TempDir static Path root;
  private static Running running;

  @BeforeAll
  static void start() {
    running = Running.start(root);
  }

  @AfterAll
  static void stop() throws Exception {
    running.close();
  }

  private static String answer(String request) throws IOException {
    try (RawClient client = new RawClient(root)) {
      return client.send(request).answer();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "requests.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false)
  void aRequestIsReadInOneWayOrRefused(String what, String request, String expected)
      throws IOException {
    String answer = answer(request.translateEscapes());

    String status = answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(answer).startsWith("HTTP/1.1 ").contains("\r\nGovernor-Protocol: 1\r\n");
    assertThat(status + " " + body).as(what).startsWith(expected.translateEscapes());
  }

  @Test
  void aHeadHasItsBounds() throws IOException {
    String line = "GET /v1/status HTTP/1.1\r\n";
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 65; i++) {
      fields.append("X-").append(i).append(": y\r\n");
    }

    assertThat(answer(line + "A: " + "b".repeat(9000) + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
    assertThat(answer(line + fields + "\r\n")).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void whoAsksWhetherToGoOnIsToldSo() throws IOException {
    assertThat(
            answer(
                "POST /v1/hook/claude-code HTTP/1.1\r\nExpect: 100-continue\r\n"
                    + "Content-Length: 2\r\n\r\nhi"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
  }
}
