package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.collector.testing.Disguises;
import io.governor.collector.testing.Fault;
import io.governor.collector.testing.ReceivedRequest;
import io.governor.collector.testing.TestCollector;
import io.governor.config.ConfigFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything a server sees of an installation whose every text is a canary, over real HTTPS,
 * through everything a sync does: retries, errors, refusals. Nothing of it is a canary in any form.
 */
@Timeout(180)
class OnlyCountsTrafficTest {

  private static final String ID = "inst_00000000-0000-4000-8000-00000000abcd";
  private static final String SECRET = "sgn_live_0123456789abcdefghijklmnop";

  private final List<String> inTraces = new ArrayList<>();
  private final List<String> elsewhere = new ArrayList<>();
  private Instant now = Instant.parse("2026-04-15T08:00:00Z");

  @TempDir Path temp;

  @Test
  void noTextOfTheInstallationIsInAnythingThatLeavesOrIsShown() throws IOException {
    Path root = temp.resolve(place()).resolve("state");
    installation(root);
    StringBuilder shown = new StringBuilder();
    try (TestCollector collector = TestCollector.start()) {
      configure(root, collector);
      Map<String, String> env =
          Map.of("GOVERNOR_TTY", "", "USER", place(), "HOSTNAME", place(), place(), place());
      collector.failNext(Fault.status(503));
      shown.append(run(root, env, register(collector)));
      collector.failNext(Fault.LOST_ANSWER);
      shown.append(run(root, env, register(collector)));
      shown.append(run(root, env, register(collector)));
      collector.failNext(Fault.status(500), Fault.LOST_REQUEST, Fault.LOST_ANSWER);
      shown.append(run(root, env, "sync", "run", "--json"));
      trace(root, 50);
      collector.failNext(Fault.status(401));
      shown.append(run(root, env, "sync", "run"));
      collector.failNext(Fault.answer(302, Map.of("Location", "https://example.org/"), ""));
      shown.append(run(root, env, "sync", "run"));
      for (String line :
          List.of(
              "sync run",
              "sync run --dry-run",
              "sync run --window 2026-04-01",
              "sync run --window " + place(),
              "sync update-check",
              "sync status",
              "sync status --json",
              "sync history",
              "sync history --json",
              "sync count",
              "sync count --by day",
              "sync unregister",
              "sync run")) {
        shown.append(run(root, env, line.split(" ", -1)));
      }

      assertThat(collector.accepted()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(collector.sum().get("POL-002")).isEqualTo(100);
      String received = collector.received();
      assertThat(received).contains("POST /register", "POST /sync", "GET /update-check");
      assertThat(inTraces).hasSizeGreaterThan(1_000);
      for (String canary : inTraces) {
        assertThat(Disguises.of(canary, received)).as("received: %s", canary).isEmpty();
      }
      for (String canary : elsewhere) {
        assertThat(Disguises.of(canary, received)).as("received: %s", canary).isEmpty();
      }
      for (String mine : List.of(hostName(), temp.toString())) {
        assertThat(Disguises.of(mine, received)).as("received: %s", mine).isEmpty();
      }
      for (String canary : inTraces) {
        assertThat(Disguises.of(canary, shown.toString())).as("shown: %s", canary).isEmpty();
      }
    }
  }

  @Test
  void installationsWithEqualCountsAndNothingElseInCommonSendEqualBytes() throws IOException {
    assertThat(traffic("one", 3)).isEqualTo(traffic("other", 3)).isNotEqualTo(traffic("more", 4));
  }

  /** What a server sees of a registered installation's run; its port is not the installation's. */
  private String traffic(String name, int events) throws IOException {
    Path root = temp.resolve(name + place());
    Files.createDirectories(root);
    now = Instant.parse("2026-04-15T08:00:00Z");
    trace(root, events);
    try (TestCollector collector = TestCollector.start()) {
      configure(root, collector);
      collector.issue(ID, SECRET);
      Files.createFile(
          root.resolve("sync-state.json"),
          PosixFilePermissions.asFileAttribute(
              PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          root.resolve("sync-state.json"),
          "{\"installation_id\": \"%s\", \"installation_secret\": \"%s\", \"endpoint\": \"%s\"}"
              .formatted(ID, SECRET, collector.endpoint()));
      run(root, Map.of("GOVERNOR_TTY", ""), "sync", "run", "--window", "2026-04-14");
      StringBuilder seen = new StringBuilder();
      for (ReceivedRequest request : collector.requests()) {
        seen.append(request.head()).append(request.text());
      }
      String port = collector.endpoint().replaceAll(".*:", "");
      return seen.toString().replace(port, "PORT");
    }
  }

  private String run(Path root, Map<String, String> env, String... args) {
    now = now.plus(Duration.ofHours(1));
    Cli.Result result = Cli.at(root).env(env).clock(() -> now).run(args);
    return result.out() + result.err();
  }

  private static String[] register(TestCollector collector) {
    return new String[] {
      "sync", "register", "--endpoint", collector.endpoint(), "--email", "a@b.example", "--name", "A"
    };
  }

  private void configure(Path root, TestCollector collector) throws IOException {
    Path folder = Files.createDirectories(temp.resolve(place()));
    Files.writeString(
        root.resolve(ConfigFile.NAME),
        "sync:\n  ca_file: '" + collector.writeCa(folder) + "'\n  publish: [ACME-101]\n");
  }

  private void installation(Path root) throws IOException {
    Files.createDirectories(root);
    Files.writeString(
        root.resolve("policy.yaml"),
        """
        governor: 1
        id: %s
        rules:
          - id: ACME-101
            title: %s
            tool: %s
            effect: warn
            reason: %s
        """
            .formatted(place(), place(), place(), place()));
    trace(root, 50);
  }

  /** A trace whose every text is a canary, and lines that are none. */
  private void trace(Path root, int events) throws IOException {
    Path folder = Files.createDirectories(root.resolve("traces").resolve(place()));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < events; i++) {
      lines.append(event()).append('\n');
    }
    lines.append("{\"").append(canary()).append("\": ").append(canary()).append("\n");
    lines.append(canary()).append('\n');
    Files.writeString(folder.resolve(place() + ".jsonl"), lines, StandardCharsets.UTF_8);
  }

  private String event() {
    return """
    {"event_id": "%s", "event_type": "SCOPE_ASSERTED", "session_id": "%s", \
    "previous_event_id": "%s", "agent_id": "%s", "deployment_mode": "%s", \
    "timestamp_utc": "2026-04-14T17:43:29.618Z", "primitive": "%s", "payload": {"tool_id": "%s", \
    "asserted_permissions": ["%s"], "target_system": "%s", "operation_type": "%s", \
    "tool_use_id": "%s", "arguments": {"%s": "%s"}, "result": "%s"}, "advisory_flags": ["%s"], \
    "policy_violations": ["POL-002", "CNRY-%06d", "%s"], "simulated_consequence": "%s", \
    "profile_fingerprint": "%s", "governor": {"origin": "%s", "call_id": "%s", "policy": \
    {"id": "%s", "revision": 1, "hash": "%s"}, "detections": [{"detector": "%s", "count": 1}]}}"""
        .formatted(
            canary(), canary(), canary(), canary(), canary(), canary(), canary(), canary(),
            canary(), canary(), canary(), canary(), canary(), canary(), canary(), rule(),
            canary(), canary(), canary(), canary(), canary(), canary(), canary(), canary());
  }

  private int rule() {
    int number = 100_000 + inTraces.size();
    inTraces.add("CNRY-" + number);
    return number;
  }

  private String canary() {
    String canary = "Canary%05dZebraQuartz".formatted(inTraces.size());
    inTraces.add(canary);
    return canary;
  }

  /** A canary that people may be shown, because it names a place of theirs. */
  private String place() {
    String canary = "Place%05dYellowTurbine".formatted(elsewhere.size());
    elsewhere.add(canary);
    return canary;
  }

  private static String hostName() throws IOException {
    String name = InetAddress.getLocalHost().getHostName();
    return name.length() < 5 ? name + " is too short to look for" : name;
  }
}
