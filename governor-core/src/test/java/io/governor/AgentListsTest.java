package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.policy.AgentEntry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that only look alike are allowed nothing, and do not get round what is denied. */
class AgentListsTest {

  private static final AgentLists LISTS =
      new AgentLists(
          List.of(
              new AgentEntry("support-*", List.of("crm.*", "mail.send"), List.of("crm.delete*")),
              new AgentEntry("support-2", List.of("fax.send"), List.of()),
              new AgentEntry("*", null, List.of("shell.run"))));

  @Test
  void aListMakesEverythingUnnamedDenied() {
    assertThat(LISTS.refusal("support-1", "crm.read")).isNull();
    assertThat(LISTS.refusal("support-1", "mail.send")).isNull();
    assertThat(LISTS.refusal("support-1", "fax.send")).isEqualTo(GovernorRules.NOT_ALLOWED);
  }

  @Test
  void denyBeatsAllow() {
    assertThat(LISTS.refusal("support-1", "crm.delete_all")).isEqualTo(GovernorRules.DENIED);
  }

  @Test
  void listsOfAllEntriesForAnAgentHoldTogether() {
    assertThat(LISTS.refusal("support-2", "fax.send")).isNull();
    assertThat(LISTS.refusal("support-2", "crm.read")).isNull();
    assertThat(LISTS.refusal("support-2", "shell.run")).isEqualTo(GovernorRules.DENIED);
  }

  @Test
  void anAgentWithoutAllowListMayUseWhatIsNotDenied() {
    assertThat(LISTS.refusal("other", "anything")).isNull();
    assertThat(LISTS.refusal("other", "shell.run")).isEqualTo(GovernorRules.DENIED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.send ",
        " mail.send",
        "Mail.Send",
        "mail.s\u0435nd", // Cyrillic e
        "mail.send\u200b",
        "mail\u2024send", // one dot leader
        "crm.re\u0430d", // Cyrillic a, below a glob
        "crm.read\u200d",
        "crm.read ",
        "crm.\u202edaer",
        "\u0441rm.read",
        "crm.\uff52ead" // full-width r
      })
  void lookAlikesNeverMatchAnAllowEntry(String tool) {
    assertThat(LISTS.refusal("support-1", tool)).isEqualTo(GovernorRules.NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "crm.Delete",
        "CRM.DELETE_ALL",
        "crm.d\u0435lete", // Cyrillic e
        "crm.del\u200bete",
        "crm .delete",
        "\uff43rm.delete", // full-width c
        "shell.run ",
        "SHELL.run",
        "sh\u0435ll.run"
      })
  void lookAlikesDoNotGetRoundADenyEntry(String tool) {
    assertThat(LISTS.refusal("support-1", tool)).isEqualTo(GovernorRules.DENIED);
  }

  @Test
  void aNameOfAnotherScriptIsAllowedWhereItIsWrittenOut() {
    AgentLists lists =
        new AgentLists(
            List.of(new AgentEntry("*", List.of("\u043f\u043e\u0447\u0442\u0430"), List.of())));

    assertThat(lists.refusal("a", "\u043f\u043e\u0447\u0442\u0430")).isNull();
    assertThat(lists.refusal("a", "\u043f\u043e\u0447\u0442a"))
        .isEqualTo(GovernorRules.NOT_ALLOWED);
  }
}
