package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.config.ConfigException;
import io.governor.config.ConfigFile;
import io.governor.file.OwnerOnly;
import io.governor.hooks.HookSettings.OnFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What an operator may write about hooks, and what is said about the rest. */
class HookConfigTest {

  @TempDir Path temp;
  private Path stateRoot = Path.of("");

  @BeforeEach
  void ownFolder() throws IOException {
    stateRoot = temp.resolve("state");
    OwnerOnly.createDirectories(stateRoot);
  }

  private Path write(String text) throws IOException {
    Path file = stateRoot.resolve(ConfigFile.NAME);
    Files.writeString(file, text);
    return file;
  }

  @Test
  void defaultsHoldWithoutAFile() throws Exception {
    assertThat(HookConfig.read(stateRoot)).isEqualTo(HookConfig.DEFAULT);
    assertThat(HookConfig.read(temp.resolve("missing"))).isEqualTo(HookConfig.DEFAULT);
  }

  @Test
  void everySettingIsRead() throws Exception {
    write(
        """
        hooks:
          policy: team/policy.yaml
          on_failure: closed
          agent_id_prefix: laptop
          owner_claim: false
          daemon: {idle: PT5M, http: true}
        """);

    HookConfig config = HookConfig.read(stateRoot);

    assertThat(config)
        .isEqualTo(
            new HookConfig(
                new HookSettings(
                    "laptop", false, stateRoot.resolve("team/policy.yaml"), OnFailure.CLOSED),
                Duration.ofMinutes(5),
                true));
  }

  @Test
  void sectionsOfOtherModulesAreTheirOwnMatter() throws Exception {
    write("sync: {whatever: 1}\nhooks: {on_failure: open}\n");

    assertThat(HookConfig.read(stateRoot).settings().onFailure()).isEqualTo(OnFailure.OPEN);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "config-problems.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      numLinesToSkip = 1)
  void whatIsWrongIsSaidWithItsPlace(String document, String problems) throws IOException {
    String text = document.replace("\\n", "\n");
    write(text);

    assertThatThrownBy(() -> HookConfig.read(stateRoot))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            problems.replace("@", stateRoot.resolve(ConfigFile.NAME) + ":").replace("\\n", "\n"));
  }

  @Test
  void aFileThatOthersCanWriteIsRefused() throws Exception {
    Path file = write("hooks: {on_failure: open}\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(HookConfig.read(stateRoot).settings().onFailure())
        .as("nobody else can enter the folder")
        .isEqualTo(OnFailure.OPEN);

    Files.setPosixFilePermissions(stateRoot, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThatThrownBy(() -> HookConfig.read(stateRoot))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("chmod go-w");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(HookConfig.read(stateRoot).settings().onFailure()).isEqualTo(OnFailure.OPEN);

    Files.setPosixFilePermissions(stateRoot, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThatThrownBy(() -> HookConfig.read(stateRoot)).hasMessageContaining("chmod go-w");
  }

  @Test
  void aLinkIsNotFollowedAndAFolderIsNotRead() throws Exception {
    Path file = stateRoot.resolve(ConfigFile.NAME);
    Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "hooks: {on_failure: open}\n");
    Files.createSymbolicLink(file, elsewhere);
    assertThatThrownBy(() -> HookConfig.read(stateRoot)).hasMessageContaining("no link");

    Files.delete(file);
    Files.createDirectory(file);
    assertThatThrownBy(() -> HookConfig.read(stateRoot)).hasMessageContaining("expected a file");
  }
}
