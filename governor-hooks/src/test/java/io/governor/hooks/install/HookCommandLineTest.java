package io.governor.hooks.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the command is written, and which commands are ours. */
class HookCommandLineTest {

  @Test
  void homeIsWrittenAsAVariableAndTheRestIsQuoted() {
    Path home = Path.of("/home/x");

    assertThat(
            HookCommandLine.of(
                Path.of("/home/x/a b/$c/governor-hook"), home, Path.of("/r"), true, "codex"))
        .isEqualTo("\"$HOME/a b/\\$c/governor-hook\" --enforce --home \"/r\" codex");
    assertThat(
            HookCommandLine.of(
                Path.of("/opt/g\"h/governor-hook"), home, Path.of("/home/x/.g"), false, "codex"))
        .isEqualTo("\"/opt/g\\\"h/governor-hook\" --home \"$HOME/.g\" codex");
    assertThat(
            HookCommandLine.of(
                Path.of("/home/xy/governor-hook"), Path.of("/"), home, false, "codex"))
        .isEqualTo("\"/home/xy/governor-hook\" --home \"/home/x\" codex");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "$HOME/opt/bin/governor-hook" codex                               | true
          "$HOME/opt/bin/governor-hook" --enforce --home "$HOME/.g x" codex | true
          /usr/local/bin/governor-hook --cold codex                         | true
          governor-hook codex                                               | true
          governor hook codex                                               | true
          /opt/governor/bin/governor hook codex                             | true
          governor-hook gemini                                              | false
          governor-hook --unknown codex                                     | false
          governor-hook codex && notify                                     | false
          tee /tmp/x; governor-hook codex                                   | false
          sh -c 'governor-hook codex'                                       | false
          my-governor-hook codex                                            | false
          governor status codex                                             | false
          "governor-hook codex                                              | false
          codex                                                             | false
          """)
  void onlyOurOwnCommandIsOurs(String command, boolean ours) {
    assertThat(HookCommandLine.isOurs(command, "codex")).isEqualTo(ours);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b/governor-hook", "/$x`y\"/governor-hook", "/ä/governor-hook"})
  void whatIsWrittenIsRecognised(String text) {
    assumeThat(canBeNamed(text)).as("the system's encoding has a name for it").isTrue();
    Path path = Path.of(text);

    String command = HookCommandLine.of(path, Path.of("/home/x"), path, true, "codex");

    assertThat(HookCommandLine.isOurs(command, "codex")).as(command).isTrue();
  }

  /** In the C locale Java names files in ASCII only. */
  private static boolean canBeNamed(String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
