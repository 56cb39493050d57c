package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.policy.PolicyLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenToolsTest {

  private static final String POLICY =
      """
      governor: 1
      id: hiding
      mode: %s
      hide: %s
      agents:
        - {agent: agent-1, allow: ["mail.*", "crm.*"], deny: [crm.delete]}
      rules:
        - {id: ACME-1001, tool: mail.purge, effect: deny}
        - {id: ACME-1002, tool: mail.send, effect: deny, when: {arg: /to, equals: x}}
        - {id: ACME-1003, tool: mail.list, effect: deny, limit: {calls: 1, within: PT1H, per: session}}
        - {id: ACME-1004, tool: mail.move, effect: ask}
        - {id: ACME-1005, tool: mail.copy, effect: deny, mode: observe}
      """;

  @ParameterizedTest
  @CsvSource({
    "crm.read, true",
    "crm.delete, false",
    "CRM.delete, false",
    "fs.read, false",
    "mail.purge, false",
    "mail.send, true",
    "mail.list, true",
    "mail.move, true",
    "mail.copy, true",
  })
  void whatIsDeniedWhateverTheArgumentsIsNotOffered(String tool, boolean offered) throws Exception {
    assertThat(offers("enforce", true, tool)).isEqualTo(offered);
    assertThat(offers("enforce", false, tool)).isTrue();
  }

  @Test
  void whatIsOnlyObservedIsOffered() throws Exception {
    assertThat(offers("observe", true, "crm.delete")).isTrue();
    assertThat(offers("observe", true, "mail.purge")).isTrue();
  }

  private static boolean offers(String mode, boolean hide, String tool) throws Exception {
    try (Governor governor =
            Governor.builder()
                .agent(Agent.named("agent-1"))
                .policy(
                    PolicyLoader.standard()
                        .parse("hiding.yaml", POLICY.formatted(mode, hide))
                        .policy())
                .trace(event -> {})
                .build();
        GovernedSession session = governor.session().open()) {
      return session.offers(tool);
    }
  }
}
