package io.governor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the doctor finds. A small script stands for ours, so that it can be well or ill in any way;
 * the real one is looked at by e2e/hooks.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DoctorTest {

  private static final String BEGINNING =
      """
      enforce=
      flag=
      while [ $# -gt 1 ]; do
        case $1 in
          --enforce) enforce=yes ;;
          --home) root=$2; shift ;;
        esac
        shift
      done
      payload=$(cat)
      """;

  private static final String RECORDS =
      """
      id=$(printf '%s' "$payload" | sed 's/.*"session_id": "\\([^"]*\\)".*/\\1/')
      if ! mkdir -p "$root/traces/claude-code" 2> /dev/null; then
        [ -n "$enforce" ] || { echo 'goes on' >&2; exit 0; }
        echo 'Refused: nobody answers' >&2
        exit 2
      fi
      printf '{"event_type": "SCOPE_ASSERTED", "session_id": "%s"%s}\\n' "$id" "$flag" \\
        >> "$root/traces/claude-code/$id.jsonl"
      """;

  private static final String DENIES =
      """
      case $payload in
        *'rm -rf'*) echo '{"hookSpecificOutput": {"permissionDecision": "deny"}}' ;;
      esac
      """;

  @TempDir Path home;
  private final Map<String, String> env = new HashMap<>();

  @BeforeEach
  void installed() throws IOException {
    System.setProperty("governor.bin", home.resolve("bin").toString());
    env.put("HOME", home.toString());
    env.put("PATH", home.resolve("agents") + ":/usr/bin:/bin");
    env.put("GOVERNOR_TTY", "");
    hook(RECORDS, DENIES);
  }

  @AfterEach
  void forgotten() {
    System.clearProperty("governor.bin");
  }

  /** A script that reads its arguments and payload, and then does this. */
  private void hook(String... parts) throws IOException {
    String root = "root=" + home.resolve(".governor") + "\n";
    String script = "#!/bin/sh\n" + root + BEGINNING + String.join("", parts);
    executable(home.resolve("bin/governor-hook"), script);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** What was said, wherever the lines were broken. */
  private static String words(Cli.Result result) {
    return result.out().replaceAll("\\s+", " ");
  }

  private Cli.Result run(String... args) {
    return Cli.at(home.resolve(".governor")).env(env).run(args);
  }

  @Test
  void withoutHooksItSaysHowToPutThemIn() {
    Cli.Result result = run("doctor");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result)).contains("governor init AGENT");
    assertThat(words(run("doctor", "codex"))).contains("no hooks of ours in").contains("WRONG");
    assertThat(home.resolve(".governor")).doesNotExist();
  }

  @Test
  void whatIsWellIsProven() {
    run("init", "claude-code", "--enforce");

    Cli.Result result = run("doctor");

    assertThat(words(result))
        .contains("11 events", "enforcing")
        .contains("which enforces")
        .contains("goes on, ")
        .contains("the call is on record: governor open")
        .contains("is refused in the agent's own")
        .contains("no answer: a call is refused, with a reason")
        .contains("denied but ran: none on record")
        .doesNotContain("WRONG");
    assertThat(result.exitCode()).isZero();
    assertThat(run("doctor", "--json").out())
        .contains("\"claude-code\": [{\"state\": \"well\", \"what\": \"configuration\"");
  }

  @Test
  void observingACallGoesOnWithoutAnAnswer() {
    run("init", "claude-code");

    Cli.Result result = run("doctor", "claude-code");

    assertThat(words(result)).contains("observing").contains("no answer: a call goes on");
    assertThat(words(result)).doesNotContain("refusal:");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aScriptThatIsGoneIsFound() throws IOException {
    run("init", "claude-code");
    Files.move(home.resolve("bin"), home.resolve("moved"));
    System.setProperty("governor.bin", home.resolve("moved").toString());

    Cli.Result result = run("doctor", "claude-code");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result))
        .contains("not as this version writes it: governor init claude-code")
        .contains("exit 127");
  }

  @Test
  void aCallThatIsNotOnRecordIsFound() throws IOException {
    hook("exit 0\n");
    run("init", "claude-code");

    Cli.Result result = run("doctor", "claude-code");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result)).contains("the call is not on record below");
  }

  @Test
  void whatTheHookComplainsOfIsShown() throws IOException {
    hook("echo 'the daemon does not start: no Java' >&2\n");
    run("init", "claude-code");

    Cli.Result result = run("doctor", "claude-code");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result)).contains("goes on, but: the daemon does not start: no Java");
  }

  @Test
  void whatCannotBeRefusedIsUnproven() throws IOException {
    hook(RECORDS);
    run("init", "claude-code", "--enforce");

    Cli.Result result = run("doctor", "claude-code");

    assertThat(words(result)).contains("unproven refusal: none of the calls that were tried");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aHookThatFailsOpenIsFoundWhereItShouldRefuse() throws IOException {
    hook("enforce=\n", RECORDS.replace("echo 'goes on' >&2; ", ""), DENIES);
    run("init", "claude-code", "--enforce");

    Cli.Result result = run("doctor", "claude-code");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result)).contains("a call should be refused where nobody answers");
  }

  @Test
  void versionsThatLetFailedHooksPassAreNamed() throws IOException {
    executable(home.resolve("agents/claude"), "#!/bin/sh\necho '2.1.197 (Claude Code)'\n");
    run("init", "claude-code", "--enforce");
    assertThat(words(run("doctor", "claude-code")))
        .contains("unproven version: 2.1.197 (Claude Code); it lets a call go on");

    executable(home.resolve("agents/claude"), "#!/bin/sh\necho '2.1.329 (Claude Code)'\n");
    assertThat(words(run("doctor", "claude-code")))
        .contains("note version: 2.1.329 (Claude Code); it refuses a call when the hook")
        .contains("WRONG configuration:");
    run("init", "claude-code", "--enforce");
    assertThat(run("doctor", "claude-code").exitCode()).isZero();
  }

  @Test
  void callsThatWereDeniedAndRanAreCounted() throws IOException {
    hook("flag=', \"advisory_flags\": [\"ENFORCEMENT_BYPASSED\"]'\n", RECORDS);
    run("init", "claude-code");

    Cli.Result result = run("doctor", "claude-code");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result)).containsPattern("WRONG denied but ran: [0-9]+ calls");
  }

  @Test
  void aBrokenConfigurationIsFound() throws IOException {
    run("init", "claude-code");
    Files.writeString(home.resolve(".governor/config.yaml"), "hooks: {on_failure: close}\n");

    Cli.Result result = run("doctor", "claude-code");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result)).contains("did you mean closed?");
  }

  @Test
  void anAgentThatIsToldToRunNoHooksIsFound() throws IOException {
    run("init", "claude-code", "--enforce");
    Files.writeString(
        home.resolve(".claude/settings.json"),
        Files.readString(home.resolve(".claude/settings.json"))
            .replaceFirst("\\{", "{\"disableAllHooks\": true,"));

    Cli.Result result = run("doctor", "claude-code");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result))
        .contains("WRONG switched off: ", "settings.json: disableAllHooks tells the agent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"enabled\": false}", "{\"disabled\": [\"governor\"]}"})
  void geminiCliThatIsToldToRunNoHooksIsFound(String config) throws IOException {
    Path project = Files.createDirectories(home.resolve("work/.gemini")).getParent();
    Files.writeString(
        project.resolve(".gemini/settings.json"), "{\"hooksConfig\": " + config + "}");
    run("init", "gemini", "--project", project.toString());

    assertThat(words(run("doctor", "gemini", "--project", project.toString())))
        .contains("WRONG switched off: ");
  }

  @Test
  void whetherTheAgentRunsItsHooksIsUnprovenUntilItLeftASession() throws IOException {
    run("init", "claude-code");
    assertThat(words(run("doctor", "claude-code"))).contains("unproven in use: ");

    Files.writeString(home.resolve(".governor/traces/claude-code/mine.jsonl"), "");
    assertThat(words(run("doctor", "claude-code"))).contains("note in use: sessions");
  }

  @Test
  void whatCodexWantsReviewedIsSaidByInitAndUnprovenToTheDoctor() throws IOException {
    String project = Files.createDirectories(home.resolve("work")).toString();
    assertThat(run("init", "codex").err()).contains("look at /hooks and trust");
    assertThat(run("init", "codex", "--project", project).err()).contains("trust_level");

    assertThat(words(run("doctor", "codex"))).contains("unproven trust: Codex passes over a hook");
    assertThat(words(run("doctor", "codex", "--project", project)))
        .contains("hooks of a project that its configuration does not trust");
  }

  @Test
  void hooksThatEnforceWithoutAPolicyThatDoesAreNoProofOfARefusal() throws IOException {
    run("init", "claude-code", "--enforce");
    Files.delete(home.resolve(".governor/policy.yaml"));

    Cli.Result result = run("doctor", "claude-code");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result))
        .contains("WRONG policy: these hooks enforce and there is no ")
        .contains("refused until governor init claude-code --enforce writes one")
        .contains("unproven refusal: no policy enforces anything");
    assertThat(words(run("status")))
        .contains("none, and hooks of claude-code enforce: they refuse");
  }

  @Test
  void hooksThatFindNoJavaAreFound() throws IOException {
    run("init", "claude-code");
    assertThat(words(run("doctor", "claude-code"))).contains("note programs: hooks start /");

    Files.writeString(home.resolve(".governor/hook-environment"), "PATH=/no/such:/bin/no\n");

    Cli.Result result = run("doctor", "claude-code");
    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result)).contains("WRONG programs: hooks find no Java");
  }

  @Test
  void whatItAdvisesCanBePastedIntoAShell() throws IOException {
    Path project = Files.createDirectories(home.resolve("we ird'$x"));

    assertThat(words(run("doctor", "codex", "--project", project.toString())))
        .contains("governor init codex --project '" + home + "/we ird'\\''$x'");
  }

  @Test
  void whatCouldNotBeWrittenDownIsNotTakenForNothing() throws IOException {
    run("init", "claude-code");
    Files.writeString(home.resolve(".governor/hook-failures.log.unwritten"), "");

    assertThat(words(run("doctor", "claude-code")))
        .contains("note failures: some that nobody could count, the latest ");
    assertThat(words(run("status")))
        .contains("Losses none known")
        .contains("Hook failures some that nobody could count; the latest ");
  }

  /** Answers as the daemon does: 204, or a refusal of what removes something. */
  private HttpServer daemonOverHttp(boolean records) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.createContext(
        "/v1/hook/claude-code",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer t");
          if (records) {
            record(body.replaceAll("(?s).*\"session_id\": \"([^\"]*)\".*", "$1"));
          }
          byte[] answer =
              body.contains("rm -rf") ? "{\"decision\": \"block\"}".getBytes(UTF_8) : new byte[0];
          exchange.sendResponseHeaders(
              answer.length == 0 ? 204 : 200, answer.length == 0 ? -1 : answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    Path run = Files.createDirectories(home.resolve(".governor/run"));
    Files.writeString(run.resolve("http-port"), server.getAddress().getPort() + "\n");
    Files.writeString(run.resolve("http-token"), "t\n");
    return server;
  }

  private void record(String id) throws IOException {
    Path traces = Files.createDirectories(home.resolve(".governor/traces/claude-code"));
    Files.writeString(
        traces.resolve(id + ".jsonl"),
        "{\"event_type\": \"SCOPE_ASSERTED\", \"session_id\": \"" + id + "\"}\n");
  }

  @Test
  void overHttpCallsAreTriedAsTheAgentMakesThem() throws IOException {
    executable(home.resolve("agents/claude"), "#!/bin/sh\necho '2.1.329 (Claude Code)'\n");
    HttpServer server = daemonOverHttp(true);
    try {
      run("init", "claude-code", "--enforce", "--http");

      Cli.Result result = run("doctor", "claude-code");

      assertThat(words(result))
          .contains("enforcing, over HTTP", "harmless call: goes on", "the call is on record")
          .contains("refusal: a call that the policy denies is refused")
          .contains("not tried over HTTP: the agent is told to refuse a call (onFailure: block)")
          .doesNotContain("WRONG");
      assertThat(result.exitCode()).isZero();
    } finally {
      server.stop(0);
    }

    Cli.Result gone = run("doctor", "claude-code");
    assertThat(gone.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(gone))
        .contains("WRONG harmless call: exit 1 of http://127.0.0.1:")
        .contains("nobody answers there: governor daemon start mends it");
  }

  @Test
  void aTokenThatIsNotTheDaemonsIsFound() throws IOException {
    executable(home.resolve("agents/claude"), "#!/bin/sh\necho '2.1.329 (Claude Code)'\n");
    HttpServer server = daemonOverHttp(false);
    try {
      run("init", "claude-code", "--http");
      Files.writeString(home.resolve(".governor/run/http-token"), "another\n");

      assertThat(words(run("doctor", "claude-code")))
          .contains("WRONG configuration: ")
          .contains("governor init claude-code --http mends it");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aPolicyThatTheConfigurationNamesAndIsNotThereIsFound() throws IOException {
    run("init", "claude-code", "--enforce");
    Path missing = home.resolve("missing.yaml");
    Files.writeString(
        home.resolve(".governor/config.yaml"), "hooks: {policy: '" + missing + "'}\n");

    Cli.Result result = run("doctor", "claude-code");

    assertThat(result.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(words(result)).contains("WRONG policy: ").contains("there is no such file");
    assertThat(words(run("status"))).contains("missing.yaml, which is not there");
  }
}
