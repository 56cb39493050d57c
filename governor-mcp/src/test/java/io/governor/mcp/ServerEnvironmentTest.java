package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerEnvironmentTest {

  @TempDir private Path folder;

  @Test
  void onlyWhatAnyProgramNeedsAndWhatIsNamedIsHandedOn() {
    Map<String, String> own =
        Map.of("PATH", "/bin", "HOME", "/h", "AWS_SECRET", "s", "TOKEN", "t", "OPEN", "${OPEN}");

    assertThat(ServerEnvironment.of(own, List.of("TOKEN", "ABSENT", "OPEN")))
        .containsOnly(Map.entry("PATH", "/bin"), Map.entry("HOME", "/h"), Map.entry("TOKEN", "t"));
  }

  @Test
  void aFileIsTakenAsItStands() throws IOException {
    Path file =
        file(
            "# a comment",
            "",
            "A=1",
            "  B = two words ",
            "C='$(id) $HOME `id` \\n'",
            "D=\"x=y\"",
            "E=",
            "F=${UNRESOLVED}",
            "G=https://${HOST}/",
            "H=a#b");

    assertThat(ServerEnvironment.file(file, List.of("A", "B", "C", "D", "E", "F", "G", "H", "I")))
        .containsOnly(
            Map.entry("A", "1"),
            Map.entry("B", "two words"),
            Map.entry("C", "$(id) $HOME `id` \\n"),
            Map.entry("D", "x=y"),
            Map.entry("E", ""),
            Map.entry("H", "a#b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "Path",
        "LD_PRELOAD",
        "ld_library_path",
        "LD_AUDIT",
        "DYLD_INSERT_LIBRARIES",
        "NODE_OPTIONS",
        "NODE_PATH",
        "JAVA_TOOL_OPTIONS",
        "_JAVA_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "CLASSPATH",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "PYTHONHOME",
        "PERL5OPT",
        "PERL5LIB",
        "RUBYOPT",
        "RUBYLIB",
        "BASH_ENV",
        "OPENSSL_CONF",
        "GLIBC_TUNABLES",
        "LIBPATH",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_COUNT",
        "LUA_PATH",
        "PHPRC",
        "GEM_HOME",
        "MAVEN_OPTS",
        "BUN_OPTIONS",
        "HOME",
        "ZDOTDIR",
        "EDITOR",
        "ENV",
        "SHELLOPTS",
        "PROMPT_COMMAND",
        "IFS",
        "BASH_FUNC_ls",
        "DOTNET_STARTUP_HOOKS",
        "GIT_SSH_COMMAND",
        "npm_config_script_shell",
        "PIP_INDEX_URL"
      })
  void whatChangesWhichCodeRunsIsRefusedByNameAndLine(String name) throws IOException {
    Path file = file("A=1", name + "=canary-81");

    assertThatThrownBy(() -> ServerEnvironment.file(file, List.of("A")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file + ":2: " + name)
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> ServerEnvironment.file(file, List.of("A", name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(name + " changes which code runs, and cannot be allowed to a file");
  }

  /** A list of what is refused is never whole: HTTP_PROXY and SSL_CERT_FILE were not on it. */
  @Test
  void aFileSetsWhatItIsAllowedToAndNothingElse() throws IOException {
    Path file = file("API_TOKEN=1", "HTTP_PROXY=canary-83");

    assertThatThrownBy(() -> ServerEnvironment.file(file, List.of("API_TOKEN")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ":2: HTTP_PROXY is not among the variables that the file may set");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary-82",
        "=canary-82",
        "1A=canary-82",
        "A B=canary-82",
        "ä=canary-82",
        "export A=canary-82"
      })
  void aLineOfAnotherKindIsRefusedWithoutItsText(String line) throws IOException {
    Path file = file(line);

    assertThatThrownBy(() -> ServerEnvironment.file(file, List.of("A")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ":1: expected NAME=VALUE");
  }

  @Test
  void aNameThatStandsTwiceIsRefused() throws IOException {
    Path file = file("A=1", "A=2");

    assertThatThrownBy(() -> ServerEnvironment.file(file, List.of("A")))
        .hasMessageContaining(":2: A is set twice");
  }

  @Test
  void aFileThatIsNoTextOrTooLongIsRefused() throws IOException {
    Path binary = Files.write(folder.resolve("b"), new byte[] {'A', '=', (byte) 0xff});
    Path large = Files.write(folder.resolve("l"), new byte[70_000]);

    assertThatThrownBy(() -> ServerEnvironment.file(binary, List.of("A")))
        .hasMessageContaining("expected UTF-8");
    assertThatThrownBy(() -> ServerEnvironment.file(large, List.of("A")))
        .hasMessageContaining("expected at most");
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("server.env"), String.join("\n", lines));
  }
}
