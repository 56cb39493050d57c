package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.PolicyCases;
import io.governor.Verdict;
import io.governor.detect.Detectors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tries to get past the starter policies; each row is somebody who wants to. */
class StarterEvasionsTest {
  private static final Policy POLICY = StarterPolicy.CODING_AGENT.policy();

  @Test
  void what_governs_the_agent_is_out_of_its_reach_and_normal_work_is_let() throws IOException {
    List<String> wrong = new ArrayList<>();

    for (String row : rows()) {
      int tab = row.indexOf('\t');
      String command = row.substring(tab + 1).replace('⏎', '\n');
      boolean expected = row.startsWith("deny");
      if (isDenied(command) != expected) {
        wrong.add(row);
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static List<String> rows() throws IOException {
    try (InputStream rows = StarterEvasionsTest.class.getResourceAsStream("starter-evasions.tsv")) {
      return new String(rows.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(row -> !row.startsWith("#"))
          .toList();
    }
  }

  private static boolean isDenied(String command) {
    PolicyCase example =
        PolicyCase.named("evasion", "Bash", Map.of("command", command))
            .workspace(Path.of("/srv/project"))
            .expect(Verdict.DENY);
    return PolicyCases.failures(POLICY, List.of(example), Detectors.builtIn()).isEmpty();
  }
}
