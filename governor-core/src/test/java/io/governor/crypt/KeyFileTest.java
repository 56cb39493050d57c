package io.governor.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

  @TempDir Path root;

  private Path file() {
    return root.resolve(KeyFile.NAME);
  }

  @Test
  void theFirstKeyIsMadeWhenItIsNeededAndStaysTheCurrentOne() throws IOException {
    KeyFile keys = KeyFile.in(root);
    assertThat(keys.keys()).isEmpty();
    assertThat(keys.find("0123456789abcdef")).isNull();
    assertThat(file()).doesNotExist();

    MasterKey made = keys.current();

    assertThat(KeyFile.in(root).current().id()).isEqualTo(made.id());
    assertThat(keys.find(made.id())).isNotNull();
  }

  @Test
  void anOlderKeyIsStillFound() throws IOException {
    KeyFile keys = KeyFile.in(root);
    String old = keys.current().id();
    String current = keys.rotate().id();

    assertThat(keys.current().id()).isEqualTo(current).isNotEqualTo(old);
    assertThat(Objects.requireNonNull(keys.find(old)).id()).isEqualTo(old);
  }

  @Test
  void aTraceOpensWithTheKeysOfTheNearestFolder() throws IOException {
    MasterKey outer = KeyFile.in(root).current();
    Path copy = Files.createDirectories(root.resolve("copy/traces/api"));
    assertThat(KeyFile.near(copy.resolve("s.jsonl")).find(outer.id())).isNotNull();

    KeyFile.in(root.resolve("copy")).current();

    assertThat(KeyFile.near(copy.resolve("s.jsonl")).find(outer.id())).isNull();
  }

  @Test
  void neitherAKeyNorAFileOfThemShowsWhatIsSecret() throws IOException {
    MasterKey key = KeyFile.in(root).current();
    String text = Files.readString(file());
    String secret = text.substring(text.indexOf("\"key\": \"") + 8, text.lastIndexOf("\"}"));

    assertThat(secret).hasSize(43);
    assertThat(key + " " + KeyFile.in(root)).doesNotContain(secret);
    assertThat(key.toString()).isEqualTo("MasterKey[" + key.id() + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"keys\": [{}]}",
        "{\"keys\": [{\"id\": \"a\", \"key\": \"AAAA\"}]}",
        "{\"keys\": [{\"id\": \"a\", \"key\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}",
        "{\"keys\": [{\"id\": \"a\", \"key\": \"****\"}]}"
      })
  void aFileThatIsNoneOfOursIsRefusedAndNotQuoted(String text) throws IOException {
    KeyFile.in(root).current();
    Files.writeString(file(), text);

    assertThatThrownBy(() -> KeyFile.in(root).keys())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file() + ": expected {\"keys\":");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    KeyFile.in(root.resolve("elsewhere")).current();
    Files.createSymbolicLink(file(), root.resolve("elsewhere").resolve(KeyFile.NAME));

    assertThatThrownBy(() -> KeyFile.in(root).keys()).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "a\\b", "ä", "line\n"})
  void aNameThatDoesNotFitIntoAHeaderIsRefused(String id) {
    assertThatThrownBy(() -> MasterKey.of(id, new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
