package io.governor.hooks.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpHooksTest {

  private static final DaemonSettings WITH_HTTP = new DaemonSettings(Duration.ofMinutes(1), true);

  @TempDir Path root;
  private Running running;
  private int port;
  private String token = "";

  @BeforeEach
  void start() throws IOException {
    running = Running.start(root, WITH_HTTP, "1", Map.of());
    port = Objects.requireNonNull(running.client.status()).port();
    token = Files.readString(root.resolve("run/http-token")).strip();
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  /** A whole request, and everything that comes back. */
  private String ask(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      return all.toString(StandardCharsets.UTF_8);
    }
  }

  private String post(String path, String fields, String body) throws IOException {
    return ask(
        "POST "
            + path
            + " HTTP/1.1\r\n"
            + fields
                .replace("PORT", Integer.toString(port))
                .replace("TOKEN", token)
                .replace("~", "\r\n")
            + "\r\nConnection: close\r\nContent-Length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n\r\n"
            + body);
  }

  private String hook(String body) throws IOException {
    return post("/v1/hook/claude-code", "Host: 127.0.0.1:PORT~Authorization: Bearer TOKEN", body);
  }

  @Test
  void anAnswerIsTheJsonThatTheHookWouldPrint() throws IOException {
    assertThat(hook("{\"ü\": 1}"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("content-type: application/json\r\n")
        .endsWith("\r\n\r\n{\"ü\": 1}");
  }

  @Test
  void noOpinionIsNoContent() throws IOException {
    assertThat(hook("silence")).startsWith("HTTP/1.1 204 ");
  }

  @Test
  void whetherCallsAreToBeRefusedIsSaidByAField() throws IOException {
    assertThat(hook("enforced")).endsWith("\r\n\r\nfalse");
    assertThat(
            post(
                "/v1/hook/claude-code",
                "Host: 127.0.0.1:PORT~Authorization: Bearer TOKEN~Governor-Enforce: yes",
                "enforced"))
        .endsWith("\r\n\r\ntrue");
  }

  @Test
  void ourOwnClientIsAnsweredAsAnAgentIsAndAsksNobodyElse() throws IOException {
    String url = "http://127.0.0.1:" + port + "/v1/hook/claude-code";
    Map<String, String> headers = Map.of("Authorization", "Bearer " + token);

    assertThat(LoopbackClient.post(url, headers, "enforced".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new LoopbackClient.Answer(200, "false"));
    assertThat(LoopbackClient.post(url, headers, "silence".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new LoopbackClient.Answer(204, ""));
    assertThat(LoopbackClient.post(url, Map.of(), new byte[0]).status()).isEqualTo(401);
    for (String other :
        List.of("http://localhost:1/", "https://127.0.0.1:1/", "http://127.0.0.1/")) {
      assertThatThrownBy(() -> LoopbackClient.post(other, headers, new byte[0]))
          .hasMessageContaining("http://127.0.0.1:PORT/");
    }
  }

  @Test
  void aChangedConfigurationIsToldBecauseNobodyWouldStartAnotherOne() throws Exception {
    running.echo.outdated = true;
    assertThat(hook("x")).endsWith("x");

    assertThat(Objects.requireNonNull(running.client.status()).notices())
        .singleElement()
        .asString()
        .contains("governor daemon stop");
    assertThat(running.isRunning()).isTrue();
  }

  @Test
  void aRefusalByExitCodeIsWrittenAsJson() throws IOException {
    assertThat(hook("exit 2 not \"allowed\""))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("\r\n\r\n{\"decision\": \"block\", \"reason\": \"not \\\"allowed\\\"\"}");
  }

  @Test
  void aFailureIsNoAnswerAndTellsNothing() throws IOException {
    assertThat(hook("throw")).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          no token            | /v1/hook/claude-code | Host: 127.0.0.1:PORT                                          | 401
          another token       | /v1/hook/claude-code | Host: 127.0.0.1:PORT~Authorization: Bearer TOKENx              | 401
          a part of the token | /v1/hook/claude-code | Host: 127.0.0.1:PORT~Authorization: Bearer                     | 401
          another scheme      | /v1/hook/claude-code | Host: 127.0.0.1:PORT~Authorization: Basic TOKEN                | 401
          two tokens          | /v1/hook/claude-code | Host: 127.0.0.1:PORT~Authorization: Bearer TOKEN~Authorization: Bearer TOKEN | 401
          another host        | /v1/hook/claude-code | Host: evil.example:PORT~Authorization: Bearer TOKEN            | 403
          another port        | /v1/hook/claude-code | Host: 127.0.0.1:1~Authorization: Bearer TOKEN                  | 403
          a page's origin     | /v1/hook/claude-code | Host: 127.0.0.1:PORT~Origin: http://localhost~Authorization: Bearer TOKEN | 403
          localhost by name   | /v1/hook/claude-code | Host: localhost:PORT~Authorization: Bearer TOKEN               | 200
          an unknown agent    | /v1/hook/nobody      | Host: 127.0.0.1:PORT~Authorization: Bearer TOKEN               | 404
          no way to stop it   | /v1/stop             | Host: 127.0.0.1:PORT~Authorization: Bearer TOKEN               | 404
          no way to look      | /v1/status           | Host: 127.0.0.1:PORT~Authorization: Bearer TOKEN               | 404
          """)
  void onlyWhoHoldsTheTokenOnThisMachineIsAnswered(
      String who, String path, String fields, int status) throws IOException {
    assertThat(post(path, fields, "x")).as(who).startsWith("HTTP/1.1 " + status + " ");
    assertThat(running.echo.answered).hasValue(status == 200 ? 1 : 0);
  }

  @Test
  void aHookIsPosted() throws IOException {
    assertThat(
            ask(
                "GET /v1/hook/claude-code HTTP/1.1\r\nHost: 127.0.0.1:"
                    + port
                    + "\r\nAuthorization: Bearer "
                    + token
                    + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ");
  }

  @Test
  void tokenAndPortStayAndAreForTheirOwnerOnly() throws Exception {
    running.close();
    running = Running.start(root, WITH_HTTP, "1", Map.of());

    assertThat(Objects.requireNonNull(running.client.status()).port()).isEqualTo(port);
    assertThat(Files.readString(root.resolve("run/http-token")).strip())
        .isEqualTo(token)
        .hasSize(43);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(root.resolve("run/http-token"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aPortThatSomeoneElseHasTakenLeavesTheSocket(@TempDir Path other) throws Exception {
    Path run = other.resolve("run");
    Files.createDirectory(
        run, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(run.resolve("http-port"), port + "\n");

    try (Running second = Running.start(other, WITH_HTTP, "1", Map.of())) {
      DaemonStatus status = Objects.requireNonNull(second.client.status());
      assertThat(status.port()).isZero();
      assertThat(status.problem())
          .isEqualTo(
              "port "
                  + port
                  + " on loopback is taken: remove http-port from "
                  + run
                  + " and run governor init again");
    }
  }
}
