package io.governor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShellCommandTest {
  private static final Path PROJECT = Path.of("/home/me/project");
  private static final Path HOME = Path.of("/home/me");

  static List<Arguments> destructiveCommands() {
    return ShellRows.of("destructive-commands.txt");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("destructiveCommands")
  void tellsWhetherACommandLosesSomethingAndWhetherAllOfItCouldBeRead(
      String expected, String command) {
    ShellCommand read = ShellCommand.read(command, PROJECT, HOME);

    String told = (read.complete() ? "" : "?") + (read.destructive() ? "yes" : "no");
    assertThat(told).as(command + " " + read.programs()).isEqualTo(expected);
  }
}
