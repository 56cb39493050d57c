package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Agent;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.Origin;
import io.governor.ResultHint;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.collector.testing.Disguises;
import io.governor.collector.testing.Fault;
import io.governor.collector.testing.ReceivedRequest;
import io.governor.collector.testing.TestCollector;
import io.governor.config.ConfigFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No text that governance has seen can be found in what the command sends, decrypted, or says: not
 * in requests, their retries, standard output, standard error or logs.
 */
@Timeout(240)
class OnlyCountsTravelTest {

  @TempDir Path temp;
  private final List<String> canaries = new ArrayList<>();
  private final StringBuilder said = new StringBuilder();

  private String canary() {
    String canary = "Canary%04dZebraQuartz".formatted(canaries.size());
    canaries.add(canary);
    return canary;
  }

  @Test
  void nothingThatWasGovernedIsSentOrSaid() throws Exception {
    Path root = temp.resolve("state");
    record(root);
    try (TestCollector collector = TestCollector.start()) {
      Files.writeString(
          root.resolve(ConfigFile.NAME), "sync: {ca_file: '" + collector.writeCa(temp) + "'}\n");
      governor(
          root,
          0,
          "register",
          "--endpoint",
          collector.endpoint(),
          "--email",
          "ada@example.org",
          "--name",
          "Ada");
      String echo = "{\"error\": \"" + canary() + "\"}";
      collector.failNext(Fault.answer(400, Map.of("X-Why", canary()), echo));
      governor(root, 5, "run");
      collector.failNext(Fault.LOST_ANSWER, Fault.answer(503, Map.of(), echo));
      governor(root, 0, "run");
      governor(root, 0, "run", "--json");
      governor(root, 0, "run", "--dry-run");
      governor(root, 0, "status", "--json");
      governor(root, 0, "update-check");
      governor(root, 0, "unregister");

      assertThat(collector.sum().get("POL-001")).as("there was something to count").isPositive();
      assertThat(collector.requests()).hasSizeGreaterThan(5);
      assertNothingOf(canaries, collector.received());
      assertNothingOf(canaries, said.toString());
    }
  }

  private static void assertNothingOf(List<String> canaries, String haystack) {
    assertThat(haystack).hasSizeGreaterThan(1_000);
    for (String canary : canaries) {
      assertThat(Disguises.of(canary, haystack)).as(canary).isEmpty();
    }
  }

  @Test
  void theSearchFindsWhatIsThere() {
    String text = canary();
    Disguises.forms(text)
        .forEach(
            (name, form) ->
                assertThat(Disguises.of(text, "before " + form + " behind")).contains(name));
    assertThat(Disguises.forms(text).keySet()).hasSizeGreaterThanOrEqualTo(1 + 14 + 4);
  }

  /** Everything that takes a text takes one that is known. */
  private void record(Path root) throws IOException {
    Rule rule =
        Rule.named("ACME-101")
            .title(canary())
            .tools("*")
            .when(
                facts -> {
                  throw new IllegalStateException(canary());
                })
            .reason(canary())
            .deny();
    Agent agent = Agent.named(canary()).version(canary()).owner(canary()).capabilities(canary());
    try (Governor governor = Governor.builder().stateRoot(root).rules(rule).build();
        GovernedSession session =
            governor
                .session()
                .id(canary())
                .agent(agent)
                .intent(Intent.explicit(canary(), canary()))
                .origin(Origin.LANGCHAIN4J)
                .open()) {
      for (int i = 0; i < 3; i++) {
        ToolCall call =
            ToolCall.of(
                canary(), ToolArguments.ofJson("{\"" + canary() + "\": \"" + canary() + "\"}"));
        Decision decision = session.before(call);
        session.after(
            decision.call(), ToolResult.ofText(canary()).with(ResultHint.classified("pii")));
      }
    }
    Path other = root.resolve("traces/api").resolve(canary() + ".jsonl");
    Files.createDirectories(other.getParent());
    Files.writeString(
        other,
        "{\"event_id\": \"%s\", \"event_type\": \"%s\", \"session_id\": \"%s\", \"%s\": \"%s\","
                .formatted(canary(), canary(), canary(), canary(), canary())
            + " \"event_sequence_number\": 0, \"timestamp_utc\": \"2026-04-14T12:00:00.000Z\","
            + " \"policy_violations\": [\"POL-001\", \"CNRY-77301\"]}\n");
    canaries.add("CNRY-77301");
  }

  /** Runs the command in a process of its own, whose every word is kept. */
  private void governor(Path root, int exitCode, String... args) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dgovernor.home=" + root,
                "-Duser.name=" + known("UserNameZebraQuartz"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.governor.cli.GovernorCommand",
                "sync"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("USER", known("UserVariableZebraQuartz"));
    builder.environment().put("HOSTNAME", known("HostZebraQuartz"));
    builder.environment().put("SECRET_OF_MINE", known("VariableZebraQuartz"));
    Process process = builder.start();
    process.getOutputStream().close();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      said.append(text);
      assertThat(process.waitFor()).as(text).isEqualTo(exitCode);
    }
  }

  private String known(String canary) {
    if (!canaries.contains(canary)) {
      canaries.add(canary);
    }
    return canary;
  }

  /** The same installation on two machines, as it were, that have counts in common and no more. */
  @Test
  void equalCountsGiveEqualRequestsWhateverWasCounted() throws Exception {
    Path root = temp.resolve("state");
    Files.createDirectories(root);
    Instant now = Instant.parse("2026-04-15T08:00:00Z");
    try (TestCollector collector = TestCollector.start()) {
      Files.writeString(
          root.resolve(ConfigFile.NAME), "sync: {ca_file: '" + collector.writeCa(temp) + "'}\n");
      run(
          root,
          now,
          "register",
          "--endpoint",
          collector.endpoint(),
          "--email",
          "ada@example.org",
          "--name",
          "Ada",
          "--from",
          "2026-04-14T00:00:00Z");
      Path other = temp.resolve("other");
      Files.createDirectories(other);
      for (String name : List.of(ConfigFile.NAME, "sync-state.json")) {
        Files.copy(root.resolve(name), other.resolve(name));
      }
      event(root.resolve("traces/api/s.jsonl"), "s", "2026-04-14T12:00:00Z", "crm.lookup");
      event(
          other.resolve("traces/claude-code/" + "t".repeat(60) + ".jsonl"),
          "t".repeat(60),
          "2026-04-14T12:00:00Z",
          "Bash(rm -rf /)");

      run(root, now, "run");
      run(other, now, "run");

      List<ReceivedRequest> requests = collector.requests();
      assertThat(requests).hasSize(3);
      assertThat(requests.get(2).body()).isEqualTo(requests.get(1).body());
      assertThat(requests.get(2).head()).isEqualTo(requests.get(1).head());
    }
  }

  private static void run(Path root, Instant now, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "sync";
    System.arraycopy(args, 0, all, 1, args.length);
    Cli.Result result = Cli.at(root).clock(() -> now).run(all);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private static void event(Path trace, String session, String time, String tool)
      throws IOException {
    Files.createDirectories(trace.getParent());
    Files.writeString(
        trace,
        ("{\"event_id\": \"e\", \"event_type\": \"SCOPE_ASSERTED\", \"session_id\": \"%s\","
                + " \"event_sequence_number\": 0, \"timestamp_utc\": \"%s\","
                + " \"payload\": {\"tool_id\": \"%s\"}, \"policy_violations\": [\"POL-003\"]}%n")
            .formatted(session, time, tool));
  }
}
