package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command says of encrypted traces what it says of plain ones: the same state roots, recorded
 * with {@code traces.encrypt: true}, and the same whole answers.
 */
class EncryptedGoldenTest {

  /** What writes nothing through the governor, or changes its plain lines. */
  private static final Set<String> OTHERS =
      Set.of("empty", "missing", "damaged", "cut", "tampered", "torn");

  /** Encrypted files are longer, and that is what it tells. */
  private static final String SIZES = "prune.txt";

  static Stream<GoldenCase> cases() {
    return GoldenCase.all()
        .filter(golden -> !OTHERS.contains(golden.state()) && !golden.name().equals(SIZES));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAreThoseOfPlainTraces(GoldenCase golden, @TempDir Path temp) throws IOException {
    Path root = temp.resolve("state");
    Files.createDirectories(root);
    Files.writeString(root.resolve("config.yaml"), "traces: {encrypt: true}\n");
    StateRoots.make(golden.state(), root);

    String played = GoldenTest.thisMachine(golden.played(root));

    assertThat(played).isEqualTo(golden.expected());
    assertThat(tools(root)).isEmpty();
  }

  /** The plain lines there are, which tell of tools. */
  private static List<String> tools(Path root) throws IOException {
    Path traces = root.resolve("traces/langchain4j");
    if (!Files.exists(traces)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(traces)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .flatMap(EncryptedGoldenTest::lines)
          .filter(line -> !line.startsWith("{\"governor_"))
          .toList();
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
