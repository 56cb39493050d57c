package io.governor.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the token formats: their examples are their tests. */
class TokenFormatsTest {

  record Example(String detector, boolean expected, String text) {
    @Override
    public String toString() {
      return detector + (expected ? " finds " : " does not find ") + text;
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void every_example_is_decided_as_its_row_says(Example example) {
    String text = example.text().replace("|", "");

    List<Finding> found =
        Detectors.builtIn().scan(text).stream()
            .filter(finding -> finding.detector().equals(example.detector()))
            .toList();

    assertThat(found).hasSize(example.expected() ? 1 : 0);
  }

  @Test
  void every_row_has_a_source_and_examples_of_both_kinds() {
    for (List<String> row : rows()) {
      assertThat(row).as(row.get(0)).anyMatch(line -> line.startsWith("source "));
      assertThat(row).as(row.get(0)).anyMatch(line -> line.startsWith("yes "));
      assertThat(row).as(row.get(0)).anyMatch(line -> line.startsWith("no "));
    }
  }

  @Test
  void no_example_is_found_in_the_file_as_it_stands() {
    for (String line : lines()) {
      if (line.startsWith("yes ")) {
        assertThat(Detectors.builtIn().scan(line))
            .as(line)
            .noneMatch(
                finding ->
                    rows().stream().anyMatch(row -> row.get(0).endsWith(finding.detector())));
      }
    }
  }

  @Test
  void a_row_that_is_no_row_is_refused_with_its_line() {
    assertThatThrownBy(
            () -> TokenFormats.read(List.of("# head", "", "detector my_token", "colour red")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token-formats.txt:4: unknown key: colour");
    assertThatThrownBy(() -> TokenFormats.read(List.of("detector a_token", "shape [a-z")))
        .hasMessage("token-formats.txt:2: Not a token shape: [a-z");
  }

  static Stream<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (List<String> row : rows()) {
      String detector = row.get(0).substring("detector ".length()).strip();
      for (String line : row) {
        if (line.startsWith("yes ") || line.startsWith("no ")) {
          String text = line.substring(line.indexOf(' ')).strip();
          examples.add(new Example(detector, line.startsWith("yes "), text));
        }
      }
    }
    return examples.stream();
  }

  private static List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    List<String> lines = new ArrayList<>(lines());
    lines.add("");
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        row.add(line);
      } else if (!row.isEmpty()) {
        rows.add(row);
        row = new ArrayList<>();
      }
    }
    return rows;
  }

  private static List<String> lines() {
    return new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Detectors.class.getResourceAsStream("token-formats.txt")),
                StandardCharsets.UTF_8))
        .lines()
        .toList();
  }
}
