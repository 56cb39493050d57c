package io.governor.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the built-in detectors find, to the character, and what they are not to be confused by. */
class BuiltInDetectorsTest {

  record Case(String detector, String marked) {
    @Override
    public String toString() {
      return detector + ": " + marked;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void finds_exactly_the_marked_spans(Case example) {
    String expected = example.marked();
    String text = expected.replace("«", "").replace("»", "");

    assertThat(marked(text, example.detector())).isEqualTo(expected);
  }

  private static String marked(String text, String detector) {
    StringBuilder marked = new StringBuilder();
    int from = 0;
    for (Finding finding : Detectors.builtIn().scan(text)) {
      if (finding.detector().equals(detector)) {
        marked.append(text, from, finding.start()).append('«');
        marked.append(text, finding.start(), finding.end()).append('»');
        from = finding.end();
      }
    }
    return marked.append(text.substring(from)).toString();
  }

  static Stream<Case> cases() {
    return new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    BuiltInDetectorsTest.class.getResourceAsStream("detected.tsv")),
                StandardCharsets.UTF_8))
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.split("\t", 2))
        .map(row -> new Case(row[0], row[1].replace("¦", "").translateEscapes()));
  }
}
