package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The sample {@code claude-code-project} is what its README says. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SampleProjectTest {

  private static final Path SAMPLE = Path.of("..", "samples", "claude-code-project");

  @TempDir Path home;

  @AfterEach
  void forgotten() {
    System.clearProperty("governor.bin");
  }

  private static void copy(String name, Path target) throws IOException {
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Files.copy(SAMPLE.resolve(name), target);
  }

  /** A copy of the state root, so that no command can change the sample. */
  private Cli recorded() throws IOException {
    Path state = home.resolve("state");
    copy("governor/policy.yaml", state.resolve("policy.yaml"));
    copy("governor/heads.log", state.resolve("heads.log"));
    Path traces = Path.of("governor", "traces", "claude-code");
    try (var files = Files.list(SAMPLE.resolve(traces))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        Path name = Objects.requireNonNull(file.getFileName());
        copy(traces.resolve(name).toString(), state.resolve("traces/claude-code").resolve(name));
      }
    }
    return Cli.at(state);
  }

  @Test
  void itsHooksAreWhatInitWrites() throws IOException {
    Path script = home.resolve("governor/bin/governor-hook");
    Path bin = Objects.requireNonNull(script.getParent());
    Files.createDirectories(bin);
    Files.writeString(script, "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    System.setProperty("governor.bin", bin.toString());
    Path project = Files.createDirectory(home.resolve("project"));
    copy("governor/policy.yaml", home.resolve(".governor/policy.yaml"));

    Cli.Result result =
        Cli.at(home.resolve(".governor"))
            .env(Map.of("HOME", home.toString(), "GOVERNOR_TTY", "", "PATH", ""))
            .run("init", "claude-code", "--project", project.toString(), "--enforce");

    assertThat(result.exitCode()).isZero();
    assertThat(project.resolve(".claude/settings.json"))
        .hasSameTextualContentAs(SAMPLE.resolve(".claude/settings.json"));
  }

  @Test
  void itsPolicyDoesWhatItsCasesSay() {
    Cli.Result result =
        Cli.at(home).run("policy", "test", SAMPLE.resolve("governor/policy.yaml").toString());

    assertThat(result.out()).contains("5 cases, 0 failed");
  }

  @Test
  void itsSessionCanBeExplored() throws IOException {
    Cli cli = recorded();

    assertThat(cli.run("list", "--json").out())
        .contains("\"session_id\": \"9033c98d-8baa-446d-bcb8-a4846f96a99e\"");
    for (List<String> command :
        List.of(
            List.of("open", "9033"),
            List.of("pulse", "9033"),
            List.of("explain", "9033"),
            List.of("sync", "run", "--dry-run"))) {
      Cli.Result result = cli.run(command.toArray(String[]::new));
      assertThat(result.exitCode()).as("%s: %s", command, result.err()).isZero();
      assertThat(result.out()).isNotEmpty();
    }
    assertThat(cli.run("open", "9033").out()).contains("TODO-101", "TODO-103");
    assertThat(cli.run("status").out()).containsPattern("Tool calls +8");
  }

  @Test
  void itsTraceHoldsNothingOfTheCalls() throws IOException {
    try (var files = Files.walk(SAMPLE.resolve("governor/traces"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file)
            .content()
            .doesNotContain("plants", "git reset", "elsewhere", "/tmp", "home");
      }
    }
  }

  @Test
  void itsReadmeNamesWhatIsThere() throws IOException {
    String readme = Files.readString(SAMPLE.resolve("README.md"));

    assertThat(readme).contains("governor open 9033", "governor init claude-code --project .");
    assertThat(SAMPLE.resolve("todo.sh")).isExecutable();
  }
}
