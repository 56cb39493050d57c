package io.governor.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Runs the command in this process. */
final class Cli {

  private final Path stateRoot;

  /** The home of whoever runs the tests may have hooks in it. */
  private Map<String, String> env = Map.of("GOVERNOR_TTY", "", "HOME", "/no/such/home");

  private InstantSource clock = InstantSource.system();
  private InputStream in = new ByteArrayInputStream(new byte[0]);

  private Cli(Path stateRoot) {
    this.stateRoot = stateRoot;
  }

  /** What came of a run. */
  record Result(int exitCode, String out, String err) {}

  static Cli at(Path stateRoot) {
    return new Cli(stateRoot);
  }

  Cli env(Map<String, String> newEnv) {
    env = newEnv;
    return this;
  }

  Cli clock(InstantSource newClock) {
    clock = newClock;
    return this;
  }

  Cli stdin(InputStream newIn) {
    in = newIn;
    return this;
  }

  Result run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        GovernorCommand.run(
            args,
            in,
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            stateRoot,
            env,
            clock);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
