package io.governor.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on how Java was started. */
class ForkedExchangeTest {

  @TempDir Path folder;

  /** Java disables old versions; here it is told not to, so that only we do. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TLSv1 | SERVER: no TLS connection came about: expected a server that speaks TLS 1.2 or"
            + " 1.3; nothing was sent | secret not seen",
        "TLSv1.1 | SERVER: no TLS connection came about: expected a server that speaks TLS 1.2 or"
            + " 1.3; nothing was sent | secret not seen",
        "TLSv1.2 | sent | secret seen",
        "TLSv1.3 | sent | secret seen"
      })
  void old_tls_is_refused_even_by_a_java_that_would_speak_it(
      String version, String told, String seen) throws Exception {
    Path allowed =
        Files.writeString(
            folder.resolve("java.security"),
            "jdk.tls.disabledAlgorithms=\njdk.certpath.disabledAlgorithms=\n");

    assertThat(run(Map.of(), List.of("-Djava.security.properties=" + allowed), version))
        .containsExactly(told, seen);
  }

  @Test
  void a_name_that_cannot_be_resolved_is_told() throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.9 elsewhere.example\n");

    assertThat(run(Map.of(), List.of("-Djdk.net.hosts.file=" + hosts), "https://nowhere.example"))
        .containsExactly(
            "https://nowhere.example: the name of the server, or of the proxy, leads nowhere;"
                + " nothing was sent");
  }

  @Test
  void a_variable_forbids_every_connection() throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts"), "");

    assertThat(
            run(
                Map.of("GOVERNOR_NO_NETWORK", "1"),
                List.of("-Djdk.net.hosts.file=" + hosts),
                "https://nowhere.example"))
        .containsExactly(
            "nothing was sent, and no name was resolved: the variable GOVERNOR_NO_NETWORK is set,"
                + " which forbids every connection; to send, remove it or set it to 0");
  }

  @Test
  void names_are_checked_also_when_java_is_told_not_to() throws Exception {
    assertThat(
            run(
                Map.of(),
                List.of("-Djdk.internal.httpclient.disableHostnameVerification"),
                "TLSv1.3"))
        .containsExactly(
            "nothing is sent while the system property"
                + " jdk.internal.httpclient.disableHostnameVerification is set, which lets any"
                + " server with any certificate pass for ours; start Java without it",
            "secret not seen");
  }

  @Test
  void variables_for_proxies_are_not_read() throws Exception {
    String nowhere = "http://127.0.0.1:9";

    assertThat(
            run(
                Map.of("https_proxy", nowhere, "HTTPS_PROXY", nowhere, "all_proxy", nowhere),
                List.of("-Djava.net.useSystemProxies=true", "-Dhttps.proxyHost=127.0.0.9"),
                "TLSv1.3"))
        .containsExactly("sent", "secret seen");
  }

  private static List<String> run(
      Map<String, String> variables, List<String> options, String argument)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(ForkedExchangeMain.class.getName(), argument));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    try (Stream<String> lines = output.lines()) {
      return lines.filter(line -> !line.startsWith("WARNING")).toList();
    }
  }
}
