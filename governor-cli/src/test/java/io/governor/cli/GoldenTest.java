package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole answers, compared with what stands in the files of {@code golden}. */
class GoldenTest {

  private static final boolean WRITE = "write".equals(System.getProperty("governor.golden"));

  static Stream<GoldenCase> cases() {
    return GoldenCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAreWhatTheyWere(GoldenCase golden, @TempDir Path temp) throws IOException {
    Path root = temp.resolve("state");
    StateRoots.make(golden.state(), root);

    String played = thisMachine(golden.played(root));

    if (WRITE) {
      golden.write(played);
    } else {
      assertThat(played).isEqualTo(golden.expected());
    }
  }

  /** What differs between machines, and the time of a dry run without a window. */
  static String thisMachine(String text) {
    return text.replaceAll("\"runtime_version\": \"[^\"]*\"", "\"runtime_version\": \"<version>\"")
        .replace(Version.java(), "<java>")
        .replace(Version.system(), "<system>")
        .replace("governor " + Version.governor(), "governor <version>")
        .replace("\"" + Version.governor() + "\"", "\"<version>\"");
  }
}
