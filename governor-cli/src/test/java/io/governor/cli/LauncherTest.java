package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code bin/governor} finds itself, Java and the jar, and hands everything on. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest extends LauncherHarness {

  static Stream<List<String>> shells() {
    return Stream.of(List.of("sh"), List.of("dash"), List.of("bash"), List.of("bash", "--posix"))
        .filter(shell -> Files.isExecutable(Path.of("/bin", shell.get(0))));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void everyShellReadsItAndRunsIt(List<String> shell) throws IOException {
    haveJar(LATER);
    String launcher = checkout.resolve("bin/governor").toString();
    List<String> check = new ArrayList<>(shell);
    check.addAll(List.of("-n", launcher));
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of(launcher, "list"));

    assertThat(run(Map.of(), check.toArray(String[]::new))).isEqualTo(new Result(0, "", ""));
    assertThat(run(Map.of(), command.toArray(String[]::new)))
        .isEqualTo(new Result(0, called("list"), ""));
  }

  @Test
  void argumentsArriveAsTheyWereGivenFromAnyDirectoryAndWithSpacesInThePath() throws IOException {
    haveJar(LATER);

    Result result = governor("open", "a b", "", "*", "$HOME", "'\"");

    assertThat(result).isEqualTo(new Result(0, called("open", "a b", "", "*", "$HOME", "'\""), ""));
    assertThat(builds()).isZero();
  }

  @Test
  void linksToItAreFollowed() throws IOException {
    haveJar(LATER);
    Path first = temp.resolve("first link");
    Path second = Files.createDirectories(temp.resolve("other")).resolve("governor");
    Files.createSymbolicLink(first, Path.of("a check out/bin/governor"));
    Files.createSymbolicLink(second, Path.of("../first link"));

    Result result = run(Map.of(), second.toString(), "list");

    assertThat(result).isEqualTo(new Result(0, calledAs(second, "list"), ""));
  }

  @Test
  void theExitCodeIsTheCommandsOwn() throws IOException {
    haveJar(LATER);

    Result result =
        run(Map.of("FAKE_EXIT", "3"), checkout.resolve("bin/governor").toString(), "sync", "run");

    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void withoutJavaItSaysWhatIsMissing() throws IOException {
    haveJar(LATER);

    Result result =
        run(
            Map.of("JAVA_HOME", "", "PATH", onlyPosixTools().toString()),
            checkout.resolve("bin/governor").toString(),
            "list");

    assertThat(result)
        .isEqualTo(
            new Result(
                ExitCode.LOCAL_IO,
                "",
                "governor: Java is not installed: expected Java 17 or later in JAVA_HOME or on the"
                    + " PATH\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_392", "11.0.2", "16"})
  void anOldJavaIsNamed(String version) throws IOException {
    haveJar(LATER);
    fakeJava(version);
    String feature = version.startsWith("1.") ? "8" : version.replaceAll("\\..*", "");

    Result result = governor("list");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.err())
        .startsWith("governor: Java " + feature + " is too old: expected Java 17 or later");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "21.0.1", "25-ea"})
  void aNewerJavaIsFine(String version) throws IOException {
    haveJar(LATER);
    fakeJava(version);

    assertThat(governor("list").exitCode()).isZero();
  }

  @Test
  void aHookWithoutAJarLetsTheAgentGoOn() throws IOException {
    Result result = governor("hook", "claude-code");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("governor: not built yet").hasLineCount(1);
    assertThat(builds()).isZero();
  }

  @Test
  void aHookNeverLooksAtSources() throws IOException {
    haveJar(OLD.minusSeconds(60));
    Files.createDirectories(checkout.resolve("target/governor-build.lock"));

    Result result = governor("hook", "claude-code");

    assertThat(result).isEqualTo(new Result(0, called("hook", "claude-code"), ""));
    assertThat(builds()).isZero();
  }

  @Test
  void aHookWithoutJavaLetsTheAgentGoOn() throws IOException {
    haveJar(LATER);

    Result result =
        run(
            Map.of("JAVA_HOME", "", "PATH", onlyPosixTools().toString()),
            checkout.resolve("bin/governor").toString(),
            "hook",
            "claude-code");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).hasLineCount(1);
  }

  @Test
  void aHookWhoseJavaDoesNotStartLetsTheAgentGoOn() throws IOException {
    haveJar(LATER);

    Result result =
        run(
            Map.of("FAKE_EXIT", "1"),
            checkout.resolve("bin/governor").toString(),
            "hook",
            "claude-code");

    assertThat(result.exitCode()).isZero();
  }

  /** It was thrown away: the command refused and the agent went on. */
  @Test
  void aHookThatRefusesSaysSoToTheAgent() throws IOException {
    haveJar(LATER);

    Result result =
        run(
            Map.of("FAKE_EXIT", "2"),
            checkout.resolve("bin/governor").toString(),
            "hook",
            "claude-code");

    assertThat(result.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aDirectoryThatIsGoneIsLeftBeforeJavaStarts(List<String> shell) throws IOException {
    haveJar(LATER);
    script(home.resolve("bin/java"), "pwd -P\n");
    String script = "mkdir gone && cd gone && rmdir ../gone && mkdir ../gone && \"$1\" list";
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of("-c", script, "x", checkout.resolve("bin/governor").toString()));

    assertThat(run(Map.of(), command.toArray(String[]::new)).out()).isEqualTo("/\n");
  }

  @Test
  void aClosedStandardInputIsToldToTheCommand() throws IOException {
    haveJar(LATER);
    script(home.resolve("bin/java"), "printf '<%s>\\n' \"$GOVERNOR_STDIN\"\n");
    String launcher = checkout.resolve("bin/governor").toString();

    Result closed = run(Map.of(), "sh", "-c", "\"$1\" list <&-", "x", launcher);
    Result open = run(Map.of(), "sh", "-c", "\"$1\" list", "x", launcher);

    assertThat(closed.out()).isEqualTo("<closed>\n");
    assertThat(open.out()).isEqualTo("<>\n");
  }

  @Test
  void unpackedItRunsTheJarBesideIt() throws IOException {
    Path unpacked = temp.resolve("governor 1.0");
    copyLauncher(checkout.resolve("bin/governor"), unpacked.resolve("bin/governor"));
    write(unpacked.resolve("lib/governor.jar"), "jar");

    Result result = run(Map.of(), unpacked.resolve("bin/governor").toString(), "list");

    assertThat(result.out())
        .isEqualTo(
            "<-XX:TieredStopAtLevel=1><-XX:+UseSerialGC><-Xshare:auto><-Dgovernor.command="
                + unpacked.resolve("bin/governor")
                + "><-Dgovernor.bin="
                + unpacked.resolve("bin")
                + "><-cp><"
                + unpacked.resolve("lib/governor.jar")
                + "><io.governor.cli.GovernorCommand><list>\n");
    assertThat(builds()).isZero();
  }

  @Test
  void unpackedWithoutTheJarItSaysWhatIsMissing() throws IOException {
    Path unpacked = temp.resolve("governor-1.0");
    copyLauncher(checkout.resolve("bin/governor"), unpacked.resolve("bin/governor"));

    Result result = run(Map.of(), unpacked.resolve("bin/governor").toString(), "list");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.err())
        .isEqualTo(
            "governor: the installation is incomplete: expected "
                + unpacked.resolve("lib/governor.jar")
                + "\n");
  }
}
