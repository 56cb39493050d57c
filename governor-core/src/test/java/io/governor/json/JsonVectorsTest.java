package io.governor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.governor.json.StrictJson.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The verdicts of a public suite of JSON documents, where its data lies beside the checkout. */
class JsonVectorsTest {

  /** What we refuse although the grammar has it, because two readers may differ on it. */
  private static final Set<String> STRICTER =
      Set.of("a name stands twice in one object", "a number has more than 64 digits");

  @Test
  void every_verdict_of_the_suite_is_met() throws Exception {
    Path file = Path.of(System.getProperty("governor.vectors", ""), "json", "sample.jsonl");
    assumeTrue(Files.isRegularFile(file), "skipped: no JSON vectors beside the checkout");
    List<String> wrong = new ArrayList<>();
    int seen = 0;

    for (String line : Files.readAllLines(file)) {
      Map<?, ?> vector = (Map<?, ?>) StrictJson.parse(line, Limits.POLICY);
      byte[] document = Base64.getDecoder().decode((String) vector.get("bytes_b64"));
      String refusal = refusal(document);
      seen++;
      boolean met =
          switch ((String) vector.get("expected")) {
            case "accept" -> refusal == null || STRICTER.contains(refusal);
            case "reject" -> refusal != null;
            default -> true;
          };
      if (!met) {
        wrong.add(vector.get("name") + ": " + refusal);
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(seen).isGreaterThan(50);
  }

  private static String refusal(byte[] document) {
    try {
      StrictJson.parse(document, Limits.ARGUMENTS);
      return null;
    } catch (JsonProblem e) {
      return e.reason();
    }
  }
}
