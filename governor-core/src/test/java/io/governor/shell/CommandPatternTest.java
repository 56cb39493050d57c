package io.governor.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandPatternTest {

  static List<Arguments> patterns() {
    return ShellRows.of("command-patterns.txt");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("patterns")
  void namesACommandByItsProgramTheFirstWordsThatAreNoOptionsAndOptionsAnywhere(
      String row, String command) {
    String expected = row.substring(0, row.indexOf(' '));
    CommandPattern pattern = CommandPattern.of(row.substring(row.indexOf(' ')));

    ShellCommand read = ShellCommand.read(command);

    String told = read.runs(pattern) ? "yes" : read.mayRun(pattern) ? "maybe" : "no";
    assertThat(told).isEqualTo(expected);
    assertThat(read.mayRun(pattern)).isEqualTo(!told.equals("no"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t",
        "-x",
        "/bin/rm",
        "git -",
        "git --",
        "git ---x",
        "git --a=b",
        "a b c d e -f -g h -i j"
      })
  void refusesWhatNamesNoCommand(String text) {
    assertThatThrownBy(() -> CommandPattern.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("for example \"git push --force\"");
  }

  @Test
  void takesTheWordsApart() {
    assertThat(CommandPattern.of("  git   stash  push "))
        .isEqualTo(new CommandPattern("git", List.of("stash", "push"), List.of()));
    assertThat(CommandPattern.of("git --force push -f origin"))
        .isEqualTo(new CommandPattern("git", List.of("push", "origin"), List.of("--force", "-f")));
  }
}
