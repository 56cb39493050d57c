package io.governor.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.ReferenceData;
import io.governor.json.StrictJson;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How much of public sets of secrets and personal data is found, where those lie beside the
 * checkout. The floors are for what is claimed today; the table goes to standard error.
 */
class DetectionVectorsTest {

  private static final Detectors ALL = Detectors.builtIn();

  /** Rules of the set whose formats are rows of ours, with a shape that the set keeps to. */
  private static final Set<String> CLAIMED =
      Set.of(
          "github-pat",
          "github-fine-grained-pat",
          "github-oauth",
          "github-app-token",
          "github-refresh-token",
          "gitlab-pat",
          "gitlab-pat-routable",
          "gitlab-rrt",
          "gitlab-ptt",
          "slack-bot-token",
          "slack-user-token",
          "slack-app-token",
          "slack-webhook-url",
          "stripe-access-token",
          "openai-api-key",
          "anthropic-api-key",
          "gcp-api-key",
          "npm-access-token",
          "pypi-upload-token",
          "sendgrid-api-token",
          "twilio-api-key",
          "mailgun-private-api-token",
          "digitalocean-pat",
          "digitalocean-access-token",
          "digitalocean-refresh-token",
          "huggingface-access-token",
          "shopify-access-token",
          "databricks-api-token",
          "aws-access-token",
          "private-key",
          "jwt");

  /** Cases met, of all. */
  private static final class Tally {
    int met;
    int all;

    void add(boolean meets) {
      met += meets ? 1 : 0;
      all++;
    }

    double share() {
      return all == 0 ? 1 : (double) met / all;
    }
  }

  @Test
  void secrets_are_found_and_little_else_is() throws Exception {
    Tally recall = new Tally();
    Tally claimed = new Tally();
    Tally specificity = new Tally();
    for (Map<?, ?> vector : vectors("secrets/sample.jsonl")) {
      boolean expected = (Boolean) vector.get("expected");
      boolean found = hasSecret((String) vector.get("text"));
      (expected ? recall : specificity).add(found == expected);
      if (expected && CLAIMED.contains(vector.get("rule"))) {
        claimed.add(found);
      }
    }
    report("secrets, recall", recall);
    report("secrets, recall of the claimed formats", claimed);
    report("secrets, specificity", specificity);

    assertThat(claimed.share()).isGreaterThanOrEqualTo(0.96);
    assertThat(recall.share()).isGreaterThanOrEqualTo(0.88);
    assertThat(specificity.share()).isGreaterThanOrEqualTo(0.84);
  }

  @Test
  void claimed_personal_data_is_found_to_the_character() throws Exception {
    Map<String, Tally> perEntity = new TreeMap<>();
    for (Map<?, ?> vector : vectors("pii/sample.jsonl")) {
      String entity = ((String) vector.get("entity")).toLowerCase(Locale.ROOT);
      if (ALL.knows(entity)) {
        perEntity.computeIfAbsent(entity, unused -> new Tally()).add(meets(vector, entity));
      }
    }
    perEntity.forEach(DetectionVectorsTest::report);

    assertThat(perEntity).containsOnlyKeys("credit_card", "email_address", "iban_code", "us_ssn");
    assertThat(perEntity.values()).allMatch(tally -> tally.share() >= 0.97);
  }

  @Test
  void encodings_are_measured_without_a_claim() throws Exception {
    Map<String, Tally> perTier = new TreeMap<>();
    for (Map<?, ?> vector : vectors("dlp-evasion/sample.jsonl")) {
      boolean expected = (Boolean) vector.get("expected");
      String row = "evasion tier " + vector.get("tier") + (expected ? ", recall" : ", specificity");
      boolean found = hasSecret((String) vector.get("text"));
      perTier.computeIfAbsent(row, unused -> new Tally()).add(found == expected);
    }
    perTier.forEach(DetectionVectorsTest::report);

    assertThat(perTier).isNotEmpty();
  }

  private static boolean meets(Map<?, ?> vector, String entity) {
    String text = (String) vector.get("text");
    List<String> found = new ArrayList<>();
    for (Finding finding : ALL.scan(text)) {
      if (finding.detector().equals(entity)) {
        found.add(
            text.codePointCount(0, finding.start()) + "-" + text.codePointCount(0, finding.end()));
      }
    }
    if (!(vector.get("spans") instanceof List<?> spans)) {
      return found.size() == ((Number) vector.get("expected_count")).intValue();
    }
    return found.equals(
        spans.stream()
            .map(span -> ((List<?>) span).get(0) + "-" + ((List<?>) span).get(1))
            .toList());
  }

  private static boolean hasSecret(String text) {
    return ALL.scan(text).stream().anyMatch(finding -> finding.family() == DetectorFamily.SECRET);
  }

  private static List<Map<?, ?>> vectors(String name) throws Exception {
    List<Map<?, ?>> vectors = new ArrayList<>();
    for (String line : Files.readAllLines(ReferenceData.file(name))) {
      vectors.add((Map<?, ?>) StrictJson.parse(line, StrictJson.Limits.ARGUMENTS));
    }
    assertThat(vectors).isNotEmpty();
    return vectors;
  }

  private static void report(String row, Tally tally) {
    System.err.printf(
        Locale.ROOT, "%-45s %4d of %4d  %.3f%n", row, tally.met, tally.all, tally.share());
  }
}
