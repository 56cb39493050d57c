package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.governor.hooks.daemon.DaemonClient;
import io.governor.hooks.daemon.DaemonStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook script, curl, and the daemon as a process of its own, which does not always live. */
class HookDaemonProcessTest {

  @TempDir Path temp;
  private Path root;
  private Path script;

  @BeforeEach
  void install() throws IOException {
    assumeThat(hasCurl()).as("curl on the PATH").isTrue();
    Path source =
        Path.of(System.getProperty("governor.checkout.root", ".."), "bin", "governor-hook");
    assumeThat(source).as("bin/governor-hook of the checkout this test runs in").exists();
    root = temp.resolve("root");
    policy();
    script = temp.resolve("bin/governor-hook");
    LauncherHarness.copyLauncher(source, script);
    LauncherHarness.script(
        temp.resolve("bin/governor"),
        "echo \"$*\" >> '"
            + temp.resolve("started")
            + "'\nexec '"
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -cp '"
            + System.getProperty("java.class.path")
            + "' io.governor.cli.GovernorCommand \"$@\"\n");
  }

  @AfterEach
  void stop() throws IOException {
    DaemonClient.of(root).end(Duration.ofSeconds(10));
  }

  private static boolean hasCurl() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "curl")));
  }

  private Process hook(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
    command.addAll(List.of(args));
    command.add("claude-code");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("GOVERNOR_HOME", root.toString());
    return builder.start();
  }

  private void policy() throws IOException {
    Files.createDirectories(root);
    Files.writeString(
        root.resolve("policy.yaml"), "governor: 1\nid: t\nmode: enforce\nrules: []\n");
  }

  private static void send(Process hook, String text) throws IOException {
    OutputStream stdin = hook.getOutputStream();
    stdin.write(text.getBytes(StandardCharsets.UTF_8));
    stdin.flush();
  }

  private static String finish(Process hook) throws Exception {
    hook.getOutputStream().close();
    String said = new String(hook.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(hook.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return hook.exitValue() + " " + said;
  }

  private String call(String session, int call) throws Exception {
    Process hook = hook("--enforce");
    send(hook, payload(session, call));
    return finish(hook);
  }

  private static String payload(String session, int call) {
    return "{\"session_id\": \"%s\", \"hook_event_name\": \"PreToolUse\", \"tool_name\": \"Read\", \"tool_use_id\": \"t%d\", \"cwd\": \"/\", \"tool_input\": {\"file_path\": \"/a\"}}"
        .formatted(session, call);
  }

  private long recordedCalls(String session) throws IOException {
    try (Stream<String> lines =
        Files.lines(root.resolve("traces/claude-code/" + session + ".jsonl"))) {
      return lines.filter(line -> line.contains("\"event_type\": \"SCOPE_ASSERTED\"")).count();
    }
  }

  private void killTheDaemon() throws Exception {
    DaemonStatus status = Objects.requireNonNull(DaemonClient.of(root).status());
    ProcessHandle process = ProcessHandle.of(status.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(20, TimeUnit.SECONDS);
  }

  private long daemon() {
    DaemonStatus status = DaemonClient.of(root).status();
    return status == null ? 0 : status.pid();
  }

  @Test
  void aPolicyThatIsGoneIsNotForgottenByTheNextDaemon() throws Exception {
    Files.delete(root.resolve("policy.yaml"));
    assertThat(call("s1", 1)).startsWith("0 {").contains("\"deny\"", "there is no ");

    policy();
    for (int tries = 0; !call("s1", 2).equals("0 "); tries++) {
      assertThat(tries).as("it looks once in a second").isLessThan(1000);
    }
    Files.delete(root.resolve("policy.yaml"));
    assertThat(call("s1", 3)).isEqualTo("0 ");
    killTheDaemon();

    assertThat(call("s1", 4)).startsWith("0 {").contains("\"deny\"", "there is no ");
  }

  @Test
  void aChangedConfigurationIsTakenUpAndABrokenOneChangesNothing() throws Exception {
    assertThat(call("s1", 1)).isEqualTo("0 ");
    long first = daemon();

    Files.writeString(root.resolve("config.yaml"), "hooks: {on_failure: opem}\n");
    for (long end = System.nanoTime() + 1_500_000_000L; System.nanoTime() - end < 0; ) {
      assertThat(call("s1", 2)).isEqualTo("0 ");
    }
    assertThat(daemon()).isEqualTo(first);
    assertThat(Objects.requireNonNull(DaemonClient.of(root).status()).notices())
        .singleElement()
        .asString()
        .contains("did you mean open?");

    Files.writeString(root.resolve("config.yaml"), "hooks: {on_failure: open}\n");
    int tries = 0;
    for (long now = first; now == first || now == 0; now = daemon()) {
      assertThat(tries++).as("it looks once in a second").isLessThan(1000);
      assertThat(call("s1", 3)).isEqualTo("0 ");
    }
  }

  @Test
  void aSessionGoesOnWhenTheDaemonWasKilled() throws Exception {
    assertThat(call("s1", 1)).isEqualTo("0 ");
    killTheDaemon();
    assertThat(root.resolve("run/hook.sock")).exists();
    assertThat(call("s1", 2)).isEqualTo("0 ");
    killTheDaemon();
    assertThat(call("s1", 3)).isEqualTo("0 ");

    DaemonClient.of(root).end(Duration.ofSeconds(10));
    Cli.Result verified = Cli.at(root).run("verify");
    assertThat(verified.exitCode()).as(verified.out() + verified.err()).isIn(0, 2);
    assertThat(recordedCalls("s1")).isEqualTo(3);
  }

  @Test
  void aCallDuringWhichTheDaemonDiesIsRefusedInEnforceAndGoesOnInObserve() throws Exception {
    call("s1", 1);
    Process enforced = hook("--enforce");
    Process observed = hook();
    send(enforced, "{\"session_id\": ");
    send(observed, "{\"session_id\": ");
    awaitConnections(2);
    killTheDaemon();

    assertThat(finish(enforced)).startsWith("2 Refused by governor: this call cannot be checked: ");
    assertThat(finish(observed)).startsWith("0 governor: this call is not governed: ");
    assertThat(call("s1", 2)).isEqualTo("0 ");
  }

  /** The one that asks counts too. */
  private void awaitConnections(int wanted) {
    DaemonClient client = DaemonClient.of(root);
    for (DaemonStatus status = client.status();
        status == null || status.underWay() <= wanted;
        status = client.status()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void ofManyHooksThatFindNoDaemonOneStartsItAndAllAreAnswered() throws Exception {
    List<Process> hooks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Process hook = hook("--enforce");
      send(hook, payload("s1", i));
      hook.getOutputStream().close();
      hooks.add(hook);
    }
    for (Process hook : hooks) {
      assertThat(finish(hook)).isEqualTo("0 ");
    }

    assertThat(Files.readAllLines(temp.resolve("started"))).containsExactly("daemon run");
    DaemonClient.of(root).end(Duration.ofSeconds(10));
    assertThat(recordedCalls("s1")).isEqualTo(8);
  }

  @Test
  void aSignalEndsTheDaemonAndTakesItsSocketAway() throws Exception {
    call("s1", 1);
    DaemonStatus status = Objects.requireNonNull(DaemonClient.of(root).status());
    ProcessHandle process = ProcessHandle.of(status.pid()).orElseThrow();
    process.destroy();
    process.onExit().get(20, TimeUnit.SECONDS);

    assertThat(root.resolve("run/hook.sock")).doesNotExist();
    assertThat(root.resolve("run/daemon.pid")).doesNotExist();
  }

  @Test
  void withoutADaemonJavaAnswersInTheSameForm() throws Exception {
    Process hook = hook("--cold");
    send(hook, payload("s2", 1));

    assertThat(finish(hook)).isEqualTo("0 ");
    assertThat(Files.readAllLines(temp.resolve("started")))
        .containsExactly("daemon once claude-code");
    assertThat(recordedCalls("s2")).isEqualTo(1);
  }

  @Test
  void aBrokenConfigurationIsNamedByTheHook() throws Exception {
    Files.createDirectories(root);
    Files.writeString(root.resolve("config.yaml"), "hooks: {daemon: {idel: PT1M}}\n");

    assertThat(call("s1", 1))
        .startsWith(
            "2 Refused by governor: this call cannot be checked: the daemon does not start:")
        .contains("config.yaml", "idel");
  }
}
