package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.collector.testing.TestCollector;
import io.governor.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An installation with traces, a collector with HTTPS, and the commands of sync. */
abstract class SyncCommands {

  @TempDir Path temp;
  Path root = Path.of("");
  final TestCollector collector = TestCollector.start();

  /** Moves on by an hour with each command. */
  Instant now = Instant.parse("2026-04-14T12:00:00Z");

  @BeforeEach
  void recorded() throws IOException {
    root = temp.resolve("state");
    StateRoots.make("support", root);
    configure("");
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  final void configure(String more) throws IOException {
    Files.writeString(
        root.resolve(ConfigFile.NAME),
        "sync:\n  ca_file: '" + collector.writeCa(temp) + "'\n" + more);
  }

  final Cli.Result run(String... args) {
    now = now.plus(Duration.ofHours(1));
    return Cli.at(root).clock(() -> now).run(args);
  }

  final Cli.Result register(String... more) {
    String[] args = {
      "sync",
      "register",
      "--endpoint",
      collector.endpoint(),
      "--email",
      "ada@example.org",
      "--name",
      "Ada"
    };
    return run(joined(args, more));
  }

  static String[] joined(String[] args, String... more) {
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  final String secret() {
    return collector.secrets().get(collector.secrets().size() - 1);
  }

  static void assertSends(Cli.Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
  }
}
