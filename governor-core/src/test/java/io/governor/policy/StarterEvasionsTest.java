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
      boolean asked = is(Verdict.ASK, command);
      boolean denied = is(Verdict.DENY, command);
      if (denied != row.startsWith("deny") || asked != isAsked(row, asked)) {
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

  /** Of rows that are let through, some are asked about by rules they are not about. */
  private static boolean isAsked(String row, boolean otherwise) {
    return row.startsWith("ask") || (otherwise && row.startsWith("let"));
  }

  private static boolean is(Verdict verdict, String command) {
    PolicyCase example =
        PolicyCase.named("evasion", "Bash", Map.of("command", command))
            .workspace(Path.of("/srv/project"))
            .expect(verdict);
    return PolicyCases.failures(POLICY, List.of(example), Detectors.builtIn()).isEmpty();
  }
}
