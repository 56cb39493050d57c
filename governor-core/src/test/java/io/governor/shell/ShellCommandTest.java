package io.governor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShellCommandTest {
  private static final Path PROJECT = Path.of("/home/me/project");
  private static final Path HOME = Path.of("/home/me");

  static List<Arguments> destructiveCommands() {
    return ShellRows.of("destructive-commands.txt");
  }

  static List<Arguments> programs() {
    return ShellRows.of("command-programs.txt");
  }

  static List<Arguments> touchedPaths() {
    return ShellRows.of("touched-paths.txt");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("destructiveCommands")
  void tellsWhetherACommandLosesSomethingAndWhetherAllOfItCouldBeRead(
      String expected, String command) {
    ShellCommand read = ShellCommand.read(command, PROJECT, HOME);

    String told = (read.complete() ? "" : "?") + (read.destructive() ? "yes" : "no");
    assertThat(told).as(command).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("programs")
  void namesTheProgramsInOrder(String expected, String command) {
    assertThat(String.join(" ", ShellCommand.read(command).programs())).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("touchedPaths")
  void namesThePathsItTouches(String expected, String command) {
    List<Path> touched = ShellCommand.read(command, PROJECT, HOME).touched();

    assertThat(touched.stream().map(Path::toString).collect(Collectors.joining(" ")))
        .isEqualTo(expected);
  }

  @Test
  void relativePathsStayRelativeWhereNobodyToldTheDirectory() {
    assertThat(ShellCommand.read("cat a ../b . /c").touched())
        .containsExactly(Path.of("a"), Path.of("../b"), Path.of("."), Path.of("/c"));
  }

  @Test
  void theDirectoryNobodyToldIsAPlaceToWorkIn() {
    assertThat(ShellCommand.read("rm -rf build").destructive()).isFalse();
    assertThat(ShellCommand.read("cd sub && rm -rf ../build").destructive()).isFalse();
    assertThat(ShellCommand.read("rm -rf ../build").destructive()).isTrue();
    assertThat(ShellCommand.read("rm -rf .").destructive()).isTrue();
    assertThat(ShellCommand.read("rm -rf ~/build").destructive()).isTrue();
    assertThat(ShellCommand.read("rm -rf \"$PWD/build\"").destructive()).isFalse();
  }

  @Test
  void nobodyWorksInTheRootOrTheHomeDirectory() {
    assertThat(ShellCommand.read("rm -rf build", HOME, HOME).destructive()).isTrue();
    assertThat(ShellCommand.read("rm -rf build", Path.of("/"), HOME).destructive()).isTrue();
    assertThat(ShellCommand.read("rm -rf /tmp/x", HOME, HOME).destructive()).isFalse();
  }

  @Test
  void theReasonIsASentenceOfOurs() {
    List<String> sentences = Arrays.stream(Loss.values()).map(Loss::sentence).toList();

    assertThat(ShellCommand.read("git reset --hard canary").destructiveReason())
        .isEqualTo("git reset --hard discards uncommitted changes")
        .isIn(sentences);
    assertThat(ShellCommand.read("git status").destructiveReason()).isNull();
    assertThat(sentences).doesNotHaveDuplicates();
  }

  @Test
  void theWorstLossOfAnRmIsTheOneTold() {
    assertThat(ShellCommand.read("rm -rf /srv /").destructiveReason())
        .isEqualTo(Loss.REMOVES_ROOT_OR_HOME.sentence());
  }

  @Test
  void printsSizesOnly() {
    ShellCommand read = ShellCommand.read("canary /canary; rm -rf /canary $(canary");

    assertThat(read.toString())
        .isEqualTo("ShellCommand[incomplete, destructive, 3 programs, 1 paths]");
  }
}
