package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.RuleId;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncPayloadTest {

  private static final Instant START = Instant.parse("2026-04-14T00:00:00Z");
  private static final Instant END = Instant.parse("2026-04-15T00:00:00Z");
  private static final String ID = "inst_00000000-0000-4000-8000-00000000abcd";
  private static final RuleCounts ZERO = RuleCounts.zero(List.of());

  @Test
  void the_whole_body_of_a_registered_installation() {
    RuleCounts counts =
        RuleCounts.zero(List.of(RuleId.of("ACME-101"), RuleId.of("GOV-001")))
            .plus(
                new RuleCounts(
                    new TreeMap<>(
                        Map.of(RuleId.of("POL-003"), 12L, RuleId.of("ACME-101"), Long.MAX_VALUE))));

    SyncPayload payload = new SyncPayload(ID, "0.1.0", START, END.plusMillis(250), counts);

    assertThat(text(payload))
        .isEqualTo(
            "{\"installation_id\": \"inst_00000000-0000-4000-8000-00000000abcd\","
                + " \"runtime_version\": \"0.1.0\","
                + " \"window_start\": \"2026-04-14T00:00:00Z\","
                + " \"window_end\": \"2026-04-15T00:00:00.250Z\","
                + " \"counts_by_rule\": {\"ACME-101\": 9223372036854775807, \"GOV-001\": 0,"
                + " \"POL-001\": 0, \"POL-002\": 0, \"POL-003\": 12, \"POL-004\": 0,"
                + " \"POL-005\": 0}}");
  }

  @Test
  void the_whole_body_before_a_registration() {
    SyncPayload payload = new SyncPayload(null, "0.1.0-SNAPSHOT", START, END, ZERO);

    assertThat(text(payload))
        .isEqualTo(
            "{\"installation_id\": null, \"runtime_version\": \"0.1.0-SNAPSHOT\","
                + " \"window_start\": \"2026-04-14T00:00:00Z\","
                + " \"window_end\": \"2026-04-15T00:00:00Z\","
                + " \"counts_by_rule\": {\"POL-001\": 0, \"POL-002\": 0, \"POL-003\": 0,"
                + " \"POL-004\": 0, \"POL-005\": 0}}");
  }

  @Test
  void nothing_but_five_members_of_closed_forms_can_be_in_it() {
    RecordComponent[] members = SyncPayload.class.getRecordComponents();

    assertThat(Arrays.stream(members).map(m -> m.getType().getSimpleName() + " " + m.getName()))
        .containsExactly(
            "String installationId",
            "String runtimeVersion",
            "Instant windowStart",
            "Instant windowEnd",
            "RuleCounts countsByRule");
    assertThat(SyncPayload.class.getDeclaredConstructors()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "inst_",
        "00000000-0000-4000-8000-00000000abcd",
        "inst_00000000-0000-4000-8000-00000000ABCD",
        "inst_00000000-0000-4000-8000-00000000abcd\n",
        " inst_00000000-0000-4000-8000-00000000abcd",
        "inst_00000000000040008000000000000abcd",
        "inst_00000000-0000-4000-8000-00000000abcd/../x",
        "someone@example.com"
      })
  void refuses_an_installation_id_of_another_form(String id) {
    assertThatThrownBy(() -> new SyncPayload(id, "0.1.0", START, END, ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an installation id is inst_ and a UUID in lower case");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "${project.version}", "0.1.0 on my machine", "v\n1", "-1", "0.1.0/x"})
  void refuses_a_version_of_another_form(String version) {
    assertThatThrownBy(() -> new SyncPayload(ID, version, START, END, ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a version is 1 to 64 letters, digits, dots, plus and minus signs");
  }

  @Test
  void refuses_two_instants_that_are_no_window() {
    assertThatThrownBy(() -> new SyncPayload(ID, "0.1.0", END, START, ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it ends before it starts");
  }

  @Test
  void refuses_counts_that_lack_a_standard_rule() {
    RuleCounts four = new RuleCounts(ZERO.byRule().headMap(RuleId.of("POL-005")));

    assertThatThrownBy(() -> new SyncPayload(ID, "0.1.0", START, END, four))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("every standard rule has a count, be it 0");
  }

  private static String text(SyncPayload payload) {
    return new String(payload.toJson(), StandardCharsets.US_ASCII);
  }
}
