package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code bin/governor-hook}, run by the shells of this machine, with a stand-in for {@code curl}
 * that answers what it is told to and one for the launcher that starts nothing. Spaces and a quote
 * in every path.
 */
class HookScriptTest {

  private static final String PAYLOAD = "{\"tool_input\": {\"command\": \"the-payload\"}}\n";

  private static final String STANDARD_PATH =
      "PATH=/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin:/run/current-system/sw/bin\n";

  @TempDir Path temp;
  private Path bin;
  private Path tools;
  private Path root;

  record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    bin = Files.createDirectories(temp.resolve("in st'all/bin"));
    tools = Files.createDirectories(temp.resolve("to ols"));
    root = temp.resolve("st ate");
    Path source =
        Path.of(System.getProperty("governor.checkout.root", ".."), "bin", "governor-hook");
    assumeThat(source).as("bin/governor-hook of the checkout this test runs in").exists();
    LauncherHarness.copyLauncher(source, bin.resolve("governor-hook"));
    findsProgramsInTools();
    launcher("exit 3");
    for (String tool :
        List.of(
            "cat",
            "env",
            "kill",
            "ln",
            "mkdir",
            "nohup",
            "readlink",
            "rm",
            "rmdir",
            "setsid",
            "sleep",
            "sh")) {
      link(tool);
    }
  }

  /** No variable says where the script finds programs, so the copy's own line is changed. */
  private void findsProgramsInTools() throws IOException {
    Path script = bin.resolve("governor-hook");
    String text = Files.readString(script);
    assertThat(text).contains(STANDARD_PATH);
    Files.writeString(script, text.replace(STANDARD_PATH, "PATH='" + tools + "'\n"));
  }

  private void link(String tool) throws IOException {
    for (String directory : List.of("/usr/bin/", "/bin/")) {
      if (Files.exists(Path.of(directory + tool))) {
        LauncherHarness.script(tools.resolve(tool), "exec " + directory + tool + " \"$@\"\n");
        return;
      }
    }
  }

  private void launcher(String body) throws IOException {
    LauncherHarness.script(
        bin.resolve("governor"),
        "printf '%s %s|' \"$GOVERNOR_HOME\" \"$*\" >> '"
            + temp.resolve("started")
            + "'\n"
            + body
            + "\n");
  }

  /** Writes down how it was called, and reads the payload as a client that is connected does. */
  private void curl(String body) throws IOException {
    LauncherHarness.script(
        tools.resolve("curl"),
        "printf '%s\\n' \"$*\" >> '" + temp.resolve("asked") + "'\n" + body + "\n");
  }

  /** A socket is there: an old one, because nobody connects to it in these tests. */
  private void haveSocket() throws IOException {
    Path run =
        Files.createDirectories(
            root.resolve("run"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(shortened(run).resolve("hook.sock")));
    }
  }

  /** The temporary directory may be deep. */
  private static Path shortened(Path run) {
    assumeThat(run.toString().length()).as("a short temporary directory").isLessThan(90);
    return run;
  }

  private Result run(String shell, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
    command.add(bin.resolve("governor-hook").toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().clear();
    builder.environment().put("GOVERNOR_HOME", root.toString());
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    Process process = builder.start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(PAYLOAD.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended without reading.
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Result(process.exitValue(), out, err);
  }

  private String text(String file) throws IOException {
    Path path = temp.resolve(file);
    return Files.exists(path) ? Files.readString(path) : "";
  }

  static Stream<String> shells() {
    return Stream.of("/bin/dash", "/bin/bash", "/bin/bash --posix", "/usr/bin/busybox sh")
        .filter(shell -> Files.isExecutable(Path.of(shell.split(" ", -1)[0])));
  }

  static Stream<Arguments> answers() throws IOException {
    List<Arguments> rows = new ArrayList<>();
    try (var in = HookScriptTest.class.getResourceAsStream("hook-answers.tsv")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      all.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(cells -> shells().forEach(shell -> rows.add(Arguments.of(shell, cells))));
    }
    return rows.stream();
  }

  /** What the daemon or curl does, and what must come of it in observe and in enforce. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("answers")
  void anAnswerIsGivenBackAndWhatIsNoneIsOpenInObserveAndClosedInEnforce(
      String shell, String[] cells) throws IOException {
    haveSocket();
    curl("cat > /dev/null; printf '" + cells[1].replace("'", "'\\''") + "'; exit " + cells[2]);

    Result observed = run(shell, Map.of(), "claude-code");
    Result enforced = run(shell, Map.of(), "--enforce", "claude-code");

    if (cells[3].equals("-")) {
      assertThat(observed.exitCode()).isZero();
      assertThat(observed.out()).isEmpty();
      assertThat(observed.err())
          .startsWith("governor: this call is not governed: ")
          .contains(cells[5])
          .hasLineCount(1);
      assertThat(enforced.exitCode()).isEqualTo(2);
      assertThat(enforced.out()).isEmpty();
      assertThat(enforced.err())
          .startsWith("Refused by governor: this call cannot be checked: ")
          .contains(cells[5])
          .hasLineCount(1);
    } else {
      Result expected =
          new Result(
              Integer.parseInt(cells[3]),
              cells[4].translateEscapes(),
              cells[5].isEmpty() ? "" : cells[5] + "\n");
      assertThat(observed).isEqualTo(expected);
      assertThat(enforced).isEqualTo(expected);
    }
    assertThat(text("started")).as("starts nothing").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void thePayloadIsInNoArgumentAndNoFile(String shell) throws IOException {
    haveSocket();
    curl("cat > /dev/null; printf 'governor-hook/1 0\\n\\n\\n.'");

    run(shell, Map.of("CLAUDE_PROJECT_DIR", "/pro ject"), "claude-code");

    assertThat(text("asked"))
        .contains("--unix-socket hook.sock", "--max-time 5", "-q ", "-T -", "/v1/hook/claude-code")
        .doesNotContain("the-payload");
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).as(file.toString()).doesNotContain("the-payload");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "claude-code, CLAUDE_PROJECT_DIR",
    "gemini, GEMINI_PROJECT_DIR",
    "cursor, CURSOR_PROJECT_DIR",
    "droid, FACTORY_PROJECT_DIR"
  })
  void theProjectsFolderIsHandedOn(String agent, String variable) throws IOException {
    haveSocket();
    curl("cat > /dev/null; printf 'governor-hook/1 0\\n\\n\\n.'");

    run("/bin/sh", Map.of(variable, "/pro ject", "OTHER_PROJECT_DIR", "/x"), agent);
    run("/bin/sh", Map.of(), "windsurf");

    assertThat(text("asked").lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("Governor-Variable: " + variable + "=/pro ject "),
            line -> assertThat(line).contains("Governor-Variable: PWD=" + temp + " "));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aProjectFolderWithALineEndIsNotSent(String shell) throws IOException {
    haveSocket();
    curl("cat > /dev/null; printf 'governor-hook/1 0\\n\\n\\n.'");

    run(shell, Map.of("CLAUDE_PROJECT_DIR", "/a\r\nX: y"), "claude-code");

    assertThat(text("asked")).doesNotContain("Governor-Variable").doesNotContain("X: y");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aDaemonThatIsNotThereIsStartedOnceAndAskedWhenItIs(String shell) throws IOException {
    haveSocket();
    curl(
        "[ -e '"
            + temp.resolve("started")
            + "' ] || exit 7\nprintf 'governor-hook/1 0\\n\\n'; cat; printf '\\n.'");
    launcher("sleep 2");

    Result result = run(shell, Map.of(), "--enforce", "claude-code");

    assertThat(result).isEqualTo(new Result(0, PAYLOAD + "\n", ""));
    assertThat(text("started")).isEqualTo(root + " daemon run|");
    assertThat(root.resolve("run/starting")).doesNotExist();
  }

  /** A hook that was killed while it started the daemon, in this version and in older ones. */
  @ParameterizedTest
  @CsvSource({"link", "folder", "no process"})
  void aStartThatWasGivenUpCostsNothing(String mark) throws IOException {
    for (String shell : shells().toList()) {
      Path run = Files.createDirectories(root.resolve("run"));
      if (mark.equals("folder")) {
        Files.createDirectory(run.resolve("starting"));
      } else {
        String holder = mark.equals("link") ? "999999999" : "../nobody";
        Files.createSymbolicLink(run.resolve("starting"), Path.of(holder));
      }
      curl("exit 7");
      launcher("exit 2");
      long start = System.nanoTime();

      Result result = run(shell, Map.of(), "claude-code");

      assertThat(result.err()).contains("the daemon cannot be reached");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(text("started")).as(shell).isEqualTo(root + " daemon run|");
      assertThat(run.resolve("starting")).doesNotExist();
      Files.delete(temp.resolve("started"));
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whoFindsAStartUnderWayWaitsForItAndGoesOnWithItWhenItsHookIsKilled(String shell)
      throws Exception {
    Path run = Files.createDirectories(root.resolve("run"));
    Process starter = new ProcessBuilder("/bin/sleep", "1").start();
    Files.createSymbolicLink(run.resolve("starting"), Path.of(Long.toString(starter.pid())));
    curl("exit 7");
    launcher("exit 2");

    run(shell, Map.of(), "claude-code");

    assertThat(starter.waitFor()).isZero();
    assertThat(text("started")).isEqualTo(root + " daemon run|");
  }

  /** What a project's settings say to its agent's hooks, and what the installation says. */
  @ParameterizedTest
  @MethodSource("shells")
  void noVariableSaysWhichCurlOrJavaAnswersOrWhichHomeIsMeant(String shell) throws IOException {
    Path project = Files.createDirectories(temp.resolve("project/bin"));
    for (String program : List.of("curl", "java", "governor", "mkdir", "env", "setsid")) {
      LauncherHarness.script(
          project.resolve(program),
          "touch '" + temp.resolve("taken") + "'; printf 'governor-hook/1 0\\n\\n\\n.'\n");
    }
    Path known = Files.createDirectories(temp.resolve("known"));
    LauncherHarness.script(known.resolve("curl"), "exit 7\n");
    launcher("env >&2");
    Files.createDirectories(root);
    Files.writeString(
        root.resolve("hook-environment"), "PATH=" + known + ":" + tools + "\nHOME=/home/of\n");
    Map<String, String> chosen =
        Map.of(
            "BASH_FUNC_curl%%", "() { touch '" + temp.resolve("taken") + "'; }",
            "BASH_FUNC_command%%", "() { touch '" + temp.resolve("taken") + "'; }",
            "PATH", project.toString(),
            "JAVA_HOME", project.getParent().toString(),
            "HOME", project.toString(),
            "GOVERNOR_HOME", project.toString());

    Result result = run(shell, chosen, "--enforce", "--home", root.toString(), "claude-code");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(temp.resolve("taken")).doesNotExist();
    assertThat(Files.readString(root.resolve("run/daemon.log")))
        .contains("PATH=" + known + ":" + tools + "\n", "HOME=/home/of\n")
        .contains("GOVERNOR_HOME=" + root + "\n")
        .doesNotContain("JAVA_HOME", project.toString());
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aCallThatNobodyCouldCountLeavesAnEmptyFile(String shell) throws IOException {
    Path missed = root.resolve("hook-failures.log.unwritten");
    haveSocket();
    curl("cat > /dev/null; printf 'governor-hook/1 0\\n\\n\\n.'");
    run(shell, Map.of(), "claude-code");
    assertThat(missed).doesNotExist();

    curl("exit 28");
    run(shell, Map.of(), "claude-code");
    assertThat(missed).isEmptyFile();

    Path precious = Files.writeString(temp.resolve("precious"), "x");
    Files.delete(missed);
    Files.createSymbolicLink(missed, precious);
    run(shell, Map.of(), "--enforce", "claude-code");
    assertThat(precious).hasContent("x");
  }

  /** As on a file system that is mounted for reading only. */
  @ParameterizedTest
  @MethodSource("shells")
  void filesThatCannotBeWrittenAreNoAnswer(String shell) throws IOException {
    curl("exit 7");
    for (String file : List.of("run/daemon.log", "run/starting/x", "hook-failures.log.unwritten")) {
      Files.createDirectories(root.resolve(file));
    }

    Result observed = run(shell, Map.of(), "claude-code");
    Result enforced = run(shell, Map.of(), "--enforce", "claude-code");

    assertThat(observed.exitCode()).isZero();
    assertThat(observed.err()).contains("this call is not governed: ").hasLineCount(1);
    assertThat(enforced.exitCode()).isEqualTo(2);
    assertThat(enforced.err()).contains("the daemon cannot be reached").hasLineCount(1);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void thatItEnforcesIsSaidToTheDaemonAndToJava(String shell) throws IOException {
    haveSocket();
    curl("cat > /dev/null; printf 'governor-hook/1 0\\n\\n\\n.'");
    launcher("printf 'governor-hook/1 0\\n\\n\\n.'");

    run(shell, Map.of(), "claude-code");
    assertThat(text("asked")).doesNotContain("Governor-Enforce");
    run(shell, Map.of(), "--enforce", "claude-code");
    assertThat(text("asked")).contains(" -HGovernor-Enforce:yes ");
    run(shell, Map.of(), "--enforce", "--cold", "claude-code");
    assertThat(text("started")).isEqualTo(root + " daemon once --enforce claude-code|");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aDaemonThatDoesNotStartIsSaidInItsOwnWords(String shell) throws IOException {
    curl("exit 7");
    launcher("echo 'governor: policy.yaml:3:1: \"rulez\": unknown' >&2; exit 2");

    Result observed = run(shell, Map.of(), "claude-code");
    Result enforced = run(shell, Map.of(), "--enforce", "claude-code");

    assertThat(observed.exitCode()).isZero();
    assertThat(enforced.exitCode()).isEqualTo(2);
    assertThat(enforced.err())
        .isEqualTo(
            "Refused by governor: this call cannot be checked: the daemon does not start:"
                + " governor: policy.yaml:3:1:  rulez : unknown\n");
    assertThat(root.resolve("run/starting")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatTheDaemonIsStartedWithHasNothingOfTheAgents(String shell) throws IOException {
    curl("exit 7");
    launcher("env >&2");

    run(
        shell,
        Map.of("CLAUDE_TOKEN", "secret-word", "JAVA_TOOL_OPTIONS", "-javaagent:x", "USER", "pat"),
        "claude-code");

    assertThat(Files.readString(root.resolve("run/daemon.log")))
        .contains("USER=pat\n", "GOVERNOR_HOME=" + root + "\n")
        .doesNotContain("secret-word", "JAVA_TOOL_OPTIONS");
  }

  /** What is missing or broken, and the words for it. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "hook-troubles.tsv", delimiter = '\t', quoteCharacter = '\0')
  void whateverIsMissingItIsOpenInObserveAndClosedInEnforce(
      String trouble, String setUp, String args, String words) throws IOException {
    for (String shell : shells().toList()) {
      trouble(setUp);
      List<String> arguments =
          new ArrayList<>(List.of(args.replace("ROOT", root.toString()).split(" ")));
      Map<String, String> environment = new LinkedHashMap<>();
      if (setUp.contains("no home")) {
        environment.put("GOVERNOR_HOME", "");
      }

      Result observed = run(shell, environment, arguments.toArray(String[]::new));
      arguments.add(0, "--enforce");
      Result enforced = run(shell, environment, arguments.toArray(String[]::new));

      assertThat(observed.exitCode()).as(trouble).isZero();
      assertThat(observed.out()).isEmpty();
      assertThat(observed.err()).contains(words).hasLineCount(1);
      assertThat(enforced.exitCode()).as(trouble).isEqualTo(2);
      assertThat(enforced.err()).contains(words).hasLineCount(1);
    }
  }

  private void trouble(String setUp) throws IOException {
    curl("exit 7");
    if (setUp.contains("no curl")) {
      Files.deleteIfExists(tools.resolve("curl"));
    }
    if (setUp.contains("old curl")) {
      curl("exit 2");
      if (!Files.exists(root.resolve("run/hook.sock"))) {
        haveSocket();
      }
    }
    if (setUp.contains("moved")) {
      Files.deleteIfExists(bin.resolve("governor"));
    }
    if (setUp.contains("root is a file") && !Files.exists(root)) {
      Files.writeString(root, "");
    }
    if (setUp.contains("cold fails")) {
      launcher("echo half; exit 0");
    }
    if (setUp.contains("cold dies")) {
      launcher("kill -9 $$");
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void withoutCurlJavaAnswersThisPayloadAlone(String shell) throws IOException {
    launcher("printf 'governor-hook/1 2\\nnot allowed\\n'; cat; printf '\\n.'; exit 0");

    Result result = run(shell, Map.of(), "claude-code");

    assertThat(result).isEqualTo(new Result(2, PAYLOAD + "\n", "not allowed\n"));
    assertThat(text("started")).isEqualTo(root + " daemon once claude-code|");
  }

  /** The agents that do not take an exit code for a refusal. */
  @ParameterizedTest
  @CsvFileSource(resources = "hook-refusals.tsv", delimiter = '\t', quoteCharacter = '\0')
  void aRefusalWithoutAnAnswerHasTheAgentsOwnForm(
      String agent, int exitCode, String out, String err) throws IOException {
    curl("exit 7");
    String reason =
        "Refused by governor: this call cannot be checked: the daemon cannot be reached";
    for (String shell : shells().toList()) {
      Result result = run(shell, Map.of(), "--enforce", agent);

      assertThat(result.exitCode()).isEqualTo(exitCode);
      assertThat(result.out().strip()).isEqualTo(out == null ? "" : out.replace("REASON", reason));
      assertThat(result.err().strip()).isEqualTo(err == null ? "" : reason);
    }
  }

  @Test
  void largeAnswersCostNoMoreThanTheirSize() throws IOException {
    haveSocket();
    Path large = Files.writeString(temp.resolve("large"), "x\n".repeat(2 << 20));
    curl("cat > /dev/null; printf 'governor-hook/1 0\\n\\n'; cat '" + large + "'; printf '\\n.'");
    for (String shell : shells().toList()) {
      Result result = run(shell, Map.of(), "claude-code");

      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).hasSize((4 << 20) + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void anAnswerThatCannotBeWrittenIsNone(String shell) throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    haveSocket();
    curl("cat > /dev/null; printf 'governor-hook/1 0\\n\\n{}\\n.'");
    Path real = bin.resolve("governor-hook");
    Path moved = bin.resolve("governor-hook-real");
    Files.move(real, moved);
    LauncherHarness.script(
        real,
        "exec " + shell + " '" + moved.toString().replace("'", "'\\''") + "' \"$@\" > /dev/full\n");

    assertThat(run("/bin/sh", Map.of(), "claude-code").exitCode()).isZero();
    assertThat(run("/bin/sh", Map.of(), "--enforce", "claude-code").exitCode()).isEqualTo(2);
  }
}
