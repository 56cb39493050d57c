package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleTitlesTest {

  private static final String POLICY =
      """
      governor: 1
      id: acme
      revision: 1
      rules:
        - {id: ACME-101, title: Mail goes to our own people, tool: mail.send, effect: deny}
        - {id: ACME-102, tool: mail.send, effect: warn}
      """;

  @TempDir Path root;

  @Test
  void aRuleHasTheTitleThatGovernorKnowsOrThatThePolicyGivesIt() throws IOException {
    Files.writeString(root.resolve("policy.yaml"), POLICY);

    RuleTitles titles = RuleTitles.load(root);

    assertThat(titles.of("POL-003")).isEqualTo("Unclassified context");
    assertThat(titles.of("ACME-101")).isEqualTo("Mail goes to our own people");
    assertThat(titles.of("ACME-102")).isEmpty();
    assertThat(titles.of("ACME-103")).isEmpty();
  }

  @Test
  void aPolicyThatIsBrokenGivesNoTitleAndStopsNothing() throws IOException {
    Files.writeString(root.resolve("policy.yaml"), "governor: [");

    assertThat(RuleTitles.load(root).of("ACME-101")).isEmpty();
    assertThat(RuleTitles.load(root).of("POL-003")).isEqualTo("Unclassified context");
  }
}
