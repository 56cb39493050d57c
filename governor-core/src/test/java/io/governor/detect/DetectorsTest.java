package io.governor.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The set of detectors: its names, the host's own, and what a scan promises whatever they find. */
class DetectorsTest {

  private static final String CARD = "4111111111111111";

  @Test
  void the_built_in_set_has_the_promised_names() {
    assertThat(Detectors.builtIn().names())
        .contains("private_key", "jwt", "assigned_secret", "connection_string")
        .contains("aws_access_key_id", "github_token", "slack_token", "stripe_key", "openai_key")
        .contains("credit_card", "iban_code", "us_ssn", "email_address")
        .hasSizeGreaterThanOrEqualTo(30)
        .allMatch(Detectors::isWellFormed);
  }

  @Test
  void detectors_are_selected_by_name_and_by_family() {
    Detectors all = Detectors.builtIn();

    assertThat(all.select(List.of("us_ssn", "jwt"))).containsExactly("jwt", "us_ssn");
    assertThat(all.select(List.of("personal")))
        .containsExactly("credit_card", "email_address", "iban_code", "us_ssn");
    assertThat(all.select(List.of("secret", "us_ssn"))).contains("jwt", "us_ssn");
    assertThat(all.select(List.of("content"))).isEmpty();
    assertThat(all.knows("secret")).isTrue();
    assertThat(all.knows("us_ssn")).isTrue();
    assertThat(all.knows("US_SSN")).isFalse();
    assertThatThrownBy(() -> all.select(List.of("us_sn")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Unknown detector: \"us_sn\"; known are private_key, ");
  }

  @Test
  void a_detector_of_the_host_is_one_of_the_set() {
    Detectors builtIn = Detectors.builtIn();

    Detectors more = builtIn.with(new WordDetector("project_name", "Bluebird"));

    assertThat(more.scan("On Bluebird and Bluebird."))
        .containsExactly(
            new Finding("project_name", DetectorFamily.CONTENT, 3, 11),
            new Finding("project_name", DetectorFamily.CONTENT, 16, 24));
    assertThat(more.select(List.of("content"))).containsExactly("project_name");
    assertThat(builtIn.knows("project_name")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "Card", "my-card", "1card", "_card", "card number", "käfer"})
  void a_malformed_name_is_refused(String name) {
    assertThatThrownBy(() -> Detectors.builtIn().with(new WordDetector(name, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Malformed detector name: \""
                + name
                + "\"; a name is 2 to 48 lower-case letters, digits and underscores, and starts"
                + " with a letter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"credit_card", "secret", "content"})
  void a_taken_name_is_refused(String name) {
    assertThatThrownBy(() -> Detectors.builtIn().with(new WordDetector(name, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Detector name already taken: \"" + name + "\"");
  }

  @Test
  void a_text_longer_than_a_window_is_seen_whole_by_a_detector_of_the_host() {
    Detectors all = Detectors.builtIn().with(new WordDetector("project_name", "Bluebird"));
    for (int before : new int[] {0, 65_530, 65_536, 61_440, 61_436, 200_000}) {
      String text = ".".repeat(before) + "Bluebird" + ".".repeat(70_000);

      assertThat(all.scan(text))
          .containsExactly(new Finding("project_name", DetectorFamily.CONTENT, before, before + 8));
    }
  }

  @Test
  void spans_outside_the_text_are_ignored_and_overlapping_ones_of_a_detector_merge() {
    Detector careless =
        new Detector() {
          @Override
          public String name() {
            return "careless";
          }

          @Override
          public DetectorFamily family() {
            return DetectorFamily.CONTENT;
          }

          @Override
          public void find(String text, Spans found) {
            found.add(4, 6);
            found.add(1, 3);
            found.add(2, 5);
            found.add(7, 8);
            found.add(-1, 2);
            found.add(3, 3);
            found.add(8, 99);
            found.add(9, Integer.MAX_VALUE);
          }
        };

    assertThat(Detectors.builtIn().with(careless).scan("0123456789"))
        .extracting(finding -> finding.start() + "-" + finding.end())
        .containsExactly("1-6", "7-8");
  }

  @Test
  void findings_are_in_order_of_their_start_across_detectors() {
    List<Finding> found = Detectors.builtIn().scan("jo@acme.com " + CARD + " mia@acme.com");

    assertThat(found)
        .extracting(Finding::detector)
        .containsExactly("email_address", "credit_card", "email_address");
    assertThat(found).isSortedAccordingTo((a, b) -> Integer.compare(a.start(), b.start()));
  }

  @Test
  void a_marker_is_not_looked_into_and_a_likeness_of_one_is() {
    Detectors all = Detectors.builtIn().with(new WordDetector("shouting", "REDACTED"));

    assertThat(all.scan("[REDACTED:jwt] [REDACTED:jwt:17]")).isEmpty();
    assertThat(all.scan("[REDACTED:unheard_of]")).hasSize(1);
    assertThat(all.scan("[REDACTED:]")).hasSize(1);
    assertThat(all.scan("[REDACTED:jwt:12345678]")).hasSize(1);
    assertThat(all.scan("[REDACTED:jwt[REDACTED:jwt]")).hasSize(1);
  }

  @Test
  void what_a_detector_of_the_host_throws_reaches_the_caller() {
    Detectors all =
        Detectors.builtIn()
            .with(
                new WordDetector("broken", "x") {
                  @Override
                  public void find(String text, Spans found) {
                    throw new IllegalStateException("broken");
                  }
                });

    assertThatThrownBy(() -> all.scan("x")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothing_that_holds_text_shows_it() {
    Spans spans = new Spans(10);
    spans.add(1, 2);

    assertThat(spans).hasToString("1 spans");
    assertThat(Detectors.builtIn().toString()).matches("\\d+ detectors");
    assertThat(Detections.of(List.of(CARD), Detectors.builtIn()))
        .hasToString("1 findings of 1 detectors");
    assertThat(Set.of(Detectors.builtIn().scan(CARD).get(0).toString()))
        .containsExactly("Finding[detector=credit_card, family=PERSONAL, start=0, end=16]");
  }
}
