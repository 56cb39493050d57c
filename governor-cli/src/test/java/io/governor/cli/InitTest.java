package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** {@code governor init} as its user sees it. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class InitTest {

  @TempDir Path home;
  private final Map<String, String> env = new HashMap<>();

  @BeforeEach
  void installed() throws IOException {
    Path bin = Files.createDirectories(home.resolve("opt/bin"));
    executable(bin.resolve("governor-hook"), "#!/bin/sh\n");
    System.setProperty("governor.bin", bin.toString());
    env.put("HOME", home.toString());
    env.put("PATH", home.resolve("bin").toString());
    env.put("GOVERNOR_TTY", "");
  }

  @AfterEach
  void forgotten() {
    System.clearProperty("governor.bin");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void claude(String version) throws IOException {
    executable(home.resolve("bin/claude"), "#!/bin/sh\necho '" + version + " (Claude Code)'\n");
  }

  private Cli.Result init(String... args) {
    return answering("", args);
  }

  private Cli.Result answering(String typed, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "init";
    System.arraycopy(args, 0, all, 1, args.length);
    return Cli.at(home.resolve(".governor"))
        .env(env)
        .stdin(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)))
        .run(all);
  }

  private Path settings() {
    return home.resolve(".claude/settings.json");
  }

  @Test
  void aDryRunShowsAndWritesNothing() {
    Cli.Result result = init("claude-code", "--dry-run");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("+++ " + settings(), "+    \"PreToolUse\": [");
    assertThat(settings()).doesNotExist();
    assertThat(home.resolve(".governor")).doesNotExist();
  }

  @Test
  void withoutATerminalItIsApplied() {
    Cli.Result result = init("claude-code");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains("Wrote " + settings())
        .contains("governor doctor claude-code");
    assertThat(settings())
        .content()
        .contains("\\\"$HOME/opt/bin/governor-hook\\\" --home \\\"$HOME/.governor\\\" claude-code");
    assertThat(init("claude-code").err()).contains("Nothing to do");
  }

  @Test
  void onATerminalAPersonIsAsked() {
    env.put("GOVERNOR_TTY", "out,err,in");

    assertThat(answering("n\n", "claude-code").err()).contains("[y/N]").contains("Nothing was");
    assertThat(answering("", "claude-code").err()).contains("Nothing was changed");
    assertThat(settings()).doesNotExist();
    assertThat(answering("yes\n", "claude-code").err()).contains("Wrote");
    assertThat(settings()).exists();
  }

  @Test
  void removingLeavesNothing() {
    init("claude-code", "--commands");
    assertThat(home.resolve(".claude/commands/governor-pulse.md")).exists();

    Cli.Result result = init("claude-code", "--remove");

    assertThat(result.exitCode()).isZero();
    assertThat(settings()).doesNotExist();
    assertThat(home.resolve(".claude/commands/governor-pulse.md")).doesNotExist();
    assertThat(init("claude-code", "--remove").err()).contains("nothing to take out");
  }

  @Test
  void enforcingWritesAPolicyThatDoesAndKeepsOneThatIsThere() throws IOException {
    claude("2.1.329");
    Path policy = home.resolve(".governor/policy.yaml");

    init("claude-code", "--enforce");
    assertThat(policy).content().contains("\nmode: enforce\n").contains("# It enforces:");
    assertThat(
            Cli.at(home.resolve(".governor")).run("policy", "test", policy.toString()).exitCode())
        .isZero();

    Files.writeString(policy, "governor: 1\nid: mine\nmode: observe\nrules: []\n");
    assertThat(init("claude-code", "--enforce").err()).contains("observes only");
    assertThat(policy).content().contains("id: mine");
  }

  /** A project's settings may set HOME for its agent's hooks. */
  @Test
  void whatEnforcesForAUserIsSaidWithoutVariables() throws IOException {
    init("claude-code", "--enforce");
    assertThat(settings())
        .content()
        .contains(
            "\\\""
                + home
                + "/opt/bin/governor-hook\\\" --enforce --home \\\""
                + home
                + "/.governor\\\"")
        .doesNotContain("$HOME");

    Path project = Files.createDirectory(home.resolve("project"));
    init("claude-code", "--enforce", "--project", project.toString());
    assertThat(project.resolve(".claude/settings.json")).content().contains("$HOME/opt/bin");
  }

  @Test
  void whereHooksFindJavaAndCurlAndWhichHomeIsMeantIsKeptForThisMachine() throws IOException {
    Path known = home.resolve(".governor/hook-environment");
    executable(home.resolve("jdk/bin/java"), "#!/bin/sh\n");
    env.put("JAVA_HOME", home.resolve("jdk").toString());

    assertThat(init("claude-code", "--dry-run").err()).contains("Also: " + known);
    assertThat(known).doesNotExist();
    init("claude-code");

    assertThat(known)
        .content()
        .startsWith("PATH=" + home + "/jdk/bin:/usr/bin:/bin:")
        .endsWith("\nHOME=" + home + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(known)))
        .isEqualTo("rw-------");
    assertThat(init("claude-code").err()).contains("Nothing to do");

    executable(home.resolve("newer/bin/java"), "#!/bin/sh\n");
    env.put("JAVA_HOME", home.resolve("newer").toString());
    assertThat(init("claude-code").err()).contains("Also: " + known);
    assertThat(known).content().startsWith("PATH=" + home + "/newer/bin:");
  }

  @Test
  void thePolicyThatIsWrittenKeepsTheAgentFromWhatIsInstalled() throws IOException {
    Path lib = Files.createDirectories(home.resolve("opt/lib"));
    Files.writeString(lib.resolve("governor.jar"), "");
    init("claude-code", "--enforce");
    String bin = home.resolve("opt/bin").toString();
    List<String> denied =
        List.of(
            bash("chmod -R a-x " + bin),
            bash("mv " + home + "/opt " + home + "/elsewhere"),
            bash("echo > '" + bin + "/governor'"),
            bash("cp /tmp/x.jar " + lib + "/"),
            call("Write", "{\"file_path\": \"" + bin + "/governor-hook\", \"content\": \"\"}"));
    List<String> allowed =
        List.of(
            bash(bin + "/governor status > status.txt"),
            bash("ls -l " + bin),
            call("Read", "{\"file_path\": \"" + bin + "/governor-hook\"}"));

    assertThat(checked(denied)).hasSize(denied.size()).allMatch(line -> line.contains("CODE-117"));
    assertThat(checked(allowed))
        .hasSize(allowed.size())
        .allMatch(line -> line.contains("\"verdict\": \"allow\""));
  }

  private static String bash(String command) {
    return call("Bash", "{\"command\": \"" + command + "\"}");
  }

  private static String call(String tool, String arguments) {
    return "{\"id\": 1, \"tool\": \"" + tool + "\", \"arguments\": " + arguments + "}";
  }

  private List<String> checked(List<String> calls) {
    String policy = home.resolve(".governor/policy.yaml").toString();
    Cli.Result result =
        Cli.at(home.resolve(".governor"))
            .env(env)
            .stdin(
                new ByteArrayInputStream(String.join("\n", calls).getBytes(StandardCharsets.UTF_8)))
            .run("check", "--jsonl", "--policy", policy);
    return result.out().lines().toList();
  }

  @Test
  void aPolicyIsNotLeftBehindWhereTheSettingsCannotBeChanged() throws IOException {
    Files.writeString(home.resolve(".claude"), "a file");

    Cli.Result result = init("claude-code", "--enforce");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.err()).contains(home.resolve(".claude").toString());
    assertThat(home.resolve(".governor/policy.yaml")).doesNotExist();
  }

  @Test
  void onFailureIsWrittenWhereTheVersionKnowsIt() throws IOException {
    claude("2.1.329");
    assertThat(init("claude-code", "--enforce").err()).doesNotContain("onFailure");
    assertThat(settings()).content().contains("\"onFailure\": \"block\"");

    claude("2.1.197");
    assertThat(init("claude-code", "--enforce").err())
        .contains("2.1.197 (Claude Code) does not know");
    assertThat(settings()).content().doesNotContain("onFailure").contains("--enforce");

    executable(home.resolve("bin/claude"), "#!/bin/sh\necho 2.1.250 # if(onFailure===\"block\")\n");
    init("claude-code", "--enforce");
    assertThat(settings()).content().contains("\"onFailure\": \"block\"");
  }

  @Test
  void httpIsRefusedWhereAFailedHookLetsTheCallGoOn() throws IOException {
    assertThat(init("claude-code", "--http").err()).contains("--http is refused");
    claude("2.1.197");
    assertThat(init("claude-code", "--http").err())
        .contains("2.1.197 (Claude Code) lets a call go");
    claude("2.1.329");
    assertThat(init("claude-code", "--http").err()).contains("never listened");
    assertThat(settings()).doesNotExist();
  }

  @Test
  void overHttpTheTokenIsWrittenForTheOwnerAndNotShown() throws IOException {
    claude("2.1.329");
    Path run = Files.createDirectories(home.resolve(".governor/run"));
    Files.writeString(run.resolve("http-port"), "4711\n");
    Files.writeString(run.resolve("http-token"), "s3cr3t-t0ken\n");

    Cli.Result result = init("claude-code", "--http", "--enforce");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out() + result.err()).doesNotContain("s3cr3t-t0ken").contains("<token>");
    assertThat(settings())
        .content()
        .contains("http://127.0.0.1:4711/v1/hook/claude-code", "Bearer s3cr3t-t0ken")
        .contains("\"Governor-Enforce\": \"yes\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings())))
        .isEqualTo("rw-------");
    assertThat(init("claude-code", "--remove").exitCode()).isZero();
    assertThat(settings()).doesNotExist();
  }

  @Test
  void aProjectIsEditedInsteadOfTheHome() throws IOException {
    Path project = Files.createDirectory(home.resolve("project"));

    init("gemini", "--project", project.toString());

    assertThat(project.resolve(".gemini/settings.json")).exists();
    assertThat(home.resolve(".gemini")).doesNotExist();
    assertThat(init("gemini", "--project", "/no/such/place").exitCode()).isEqualTo(2);
  }

  @Test
  void anAgentThatIsNotKnownIsNamed() {
    Cli.Result result = init("claude");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("there is no agent \"claude\"").contains("opencode");
    assertThat(init("codex", "--http").err()).contains("are for claude-code");
  }
}
