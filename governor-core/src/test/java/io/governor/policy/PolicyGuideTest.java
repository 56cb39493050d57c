package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.PolicyCases;
import io.governor.detect.Detectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/policy.md prints is loaded, and its cases hold. */
class PolicyGuideTest {

  @Test
  void theYamlOfTheGuideIsAPolicy() throws IOException, PolicyException {
    List<String> documents = documents();

    assertThat(documents).isNotEmpty();
    for (String document : documents) {
      LoadedPolicy loaded = PolicyLoader.standard().parse("docs/policy.md", document);
      Policy policy = loaded.policy();
      assertThat(loaded.warnings()).isEmpty();
      assertThat(policy.cases()).isNotEmpty();
      assertThat(PolicyCases.failures(policy, policy.cases(), Detectors.builtIn())).isEmpty();
    }
  }

  private static List<String> documents() throws IOException {
    List<String> documents = new ArrayList<>();
    StringBuilder open = null;
    for (String line : Files.readAllLines(Path.of("..", "docs", "policy.md"))) {
      if (line.equals("```yaml")) {
        open = new StringBuilder();
      } else if (line.equals("```") && open != null) {
        documents.add(open.toString());
        open = null;
      } else if (open != null) {
        open.append(line).append('\n');
      }
    }
    return documents;
  }
}
