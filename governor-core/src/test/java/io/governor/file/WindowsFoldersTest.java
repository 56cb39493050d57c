package io.governor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsFoldersTest {
  private static final WindowsFolders FOLDERS =
      WindowsFolders.under(List.of("C:\\work", "\\\\server\\share\\dir\\"));

  static Stream<String> rows() throws IOException {
    try (InputStream rows = WindowsFoldersTest.class.getResourceAsStream("windows-paths.tsv")) {
      return new String(rows.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(row -> !row.startsWith("#")).toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void judgesAsTheRowSays(String row) {
    int tab = row.indexOf('\t');
    String expected = row.substring(0, tab);
    String path = row.substring(tab + 1).replace('␣', ' ');

    boolean doubtful = FOLDERS.contain(path, true) && !FOLDERS.contain(path, false);

    assertThat(word(path, doubtful)).isEqualTo(expected);
  }

  private static String word(String path, boolean doubtful) {
    Refusal refusal = WindowsText.refusal(path);
    if (doubtful) {
      return refusal == null ? "rooted" : refusal.name();
    }
    assertThat(refusal).isNull();
    return FOLDERS.contain(path, false) ? "inside" : "outside";
  }

  @ParameterizedTest
  @ValueSource(strings = {"/work", "work", "C:work", "C:", "", "~", "\\work"})
  void refusesFoldersThatAreNoAbsolutePathsOfWindows(String folder) {
    assertThatThrownBy(() -> WindowsFolders.under(List.of(folder)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as C:\\work");
  }

  @Test
  void neverThrows() {
    long seed = Long.getLong("governor.seed", new SplittableRandom().nextLong());
    SplittableRandom random = new SplittableRandom(seed);
    List<String> pieces =
        List.of("C:", "\\", "/", "..", ".", "~1", "nul", " ", ":", "%", "\u0000", "\ud800", "?");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder path = new StringBuilder();
      for (int j = random.nextInt(8); j >= 0; j--) {
        path.append(pieces.get(random.nextInt(pieces.size())));
      }
      assertThatCode(() -> FOLDERS.contain(path.toString(), true))
          .as("seed %d: %s", seed, path)
          .doesNotThrowAnyException();
    }
  }
}
