package io.governor.samples.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Under enforcement the sample refuses, asks and redacts, and classifies in all three ways. */
class EnforcedDemoTest {

  @Test
  void theTranscriptIsTheOneWeExpect() throws IOException {
    assertThat(printed().replace(System.lineSeparator(), "\n")).isEqualTo(golden());
  }

  @Test
  void theTranscriptFitsATerminal() {
    assertThat(printed().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void nothingIsUnclassifiedAndTheCardNumberReachesNobody() {
    assertThat(printed())
        .doesNotContain("! POL-")
        .doesNotContain("4111")
        .contains("[REDACTED:credit_card]");
  }

  @Test
  void theDocumentationShowsWhatItPrints() throws IOException {
    String page = Files.readString(Path.of("../../docs/langchain4j.md"));
    String shown = page.substring(page.indexOf("\n```text\n") + 9, page.lastIndexOf("```"));

    assertThat(golden()).contains(shown);
  }

  private static String printed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new EnforcedDemo(new PrintStream(out, true, StandardCharsets.UTF_8)).run();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(EnforcedDemoTest.class.getResourceAsStream("enforced.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
