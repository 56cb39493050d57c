package io.governor.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.Operation;
import io.governor.event.OperationClassification;
import io.governor.event.OperationClassification.Effect;
import io.governor.event.OperationClassification.Segment;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileTest {

  private static final String DEFAULTS_TEXT =
      "{\"high_consequence\":{\"on_match\":\"flag\",\"tools\":[]},\"schema_version\":1,"
          + "\"session_intent\":{\"demand_at\":\"session_start\",\"prompt_template\":null,"
          + "\"required\":true},\"task_boundary\":{\"dir_change_depth\":2,\"on_match\":\"flag\","
          + "\"signals\":[],\"time_gap_seconds\":300}}";

  @Test
  void the_defaults_are_those_of_the_execution_record() {
    Profile defaults = Profile.defaults();

    assertThat(defaults.canonicalText()).isEqualTo(DEFAULTS_TEXT);
    assertThat(defaults.contentHash())
        .isEqualTo("e9364ed6c11c123f24e708f3747d460eaee680ac57ec82799b4b9975408bf803");
    assertThat(defaults.demandAt()).isEqualTo(DemandAt.SESSION_START);
    assertThat(defaults.schemaVersion()).isEqualTo(1);
    assertThat(defaults.fromFile()).isFalse();
    assertThat(defaults.fingerprint()).isEmpty();
    assertThat(defaults.ignoredFields()).isEmpty();
  }

  static List<Arguments> malformed() {
    return List.of(
        Arguments.of(Map.of("task_boundary", 5), "task_boundary: must be a mapping"),
        Arguments.of(nullOf("high_consequence"), "high_consequence: must be a mapping"),
        Arguments.of(
            Map.of("schema_version", true),
            "schema_version: must be an integer; this version knows 1"),
        Arguments.of(
            Map.of("task_boundary", Map.of("signals", "dir_change")),
            "task_boundary.signals: must be a list of strings"),
        Arguments.of(
            Map.of("task_boundary", Map.of("signals", Arrays.asList("dir_change", null))),
            "task_boundary.signals[1]: must be a string"),
        Arguments.of(
            Map.of("task_boundary", Map.of("time_gap_seconds", Double.NaN)),
            "task_boundary.time_gap_seconds: must be a finite number of at least 0"),
        Arguments.of(
            Map.of("task_boundary", Map.of("dir_change_depth", 2.0)),
            "task_boundary.dir_change_depth: must be an integer of at least 1"),
        Arguments.of(
            Map.of("session_intent", Map.of("demand_at", List.of())),
            "session_intent.demand_at: unknown value, read as session_start; known: session_start,"
                + " first_write, never"),
        Arguments.of(
            Map.of("high_consequence", Map.of("operations", Map.of())),
            "high_consequence.operations: must be a list"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("malformed")
  void a_malformed_value_falls_back_to_its_default_and_is_named(
      Map<String, Object> data, String message) {
    Profile profile = Profile.of(data);

    assertThat(profile.ignoredFields()).containsExactly("PROFILE_FIELD_IGNORED " + message);
    assertThat(profile.demandAt()).isEqualTo(DemandAt.SESSION_START);
    assertThat(
            profile.crossesTaskBoundary(
                new ScopeMark("a/b", Operation.READ),
                new ScopeMark("c/d", Operation.WRITE),
                Duration.ofDays(9)))
        .isFalse();
  }

  @Test
  void a_field_is_named_once_however_often_it_is_wrong() {
    Profile profile =
        Profile.of(Map.of("task_boundary", Map.of("signals", List.of("x", "dir_change", "y"))));

    assertThat(profile.ignoredFields())
        .containsExactly(
            "PROFILE_FIELD_IGNORED task_boundary.signals[0]: unknown signal, ignored; known:"
                + " dir_change, file_type_shift, time_gap, read_to_write_transition");
    assertThat(
            profile.crossesTaskBoundary(
                new ScopeMark("a", Operation.READ),
                new ScopeMark("b", Operation.READ),
                Duration.ZERO))
        .isTrue();
  }

  @Test
  void a_schema_version_that_is_no_integer_is_none() {
    assertThat(Profile.of(Map.of("schema_version", 2)).schemaVersion()).isEqualTo(2);
    assertThat(Profile.of(Map.of("schema_version", 1.0)).schemaVersion()).isNull();
    assertThat(Profile.of(Map.of("schema_version", "1")).schemaVersion()).isNull();
    assertThat(
            Profile.of(Map.of("schema_version", java.math.BigInteger.TEN.pow(30))).schemaVersion())
        .isNull();
  }

  @Test
  void data_that_no_file_could_hold_is_a_mistake_of_the_caller() {
    Map<String, Object> cycle = new HashMap<>();
    cycle.put("again", cycle);

    assertThatThrownBy(() -> Profile.of(Map.of("x", List.of(new Object()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("at x[0]");
    assertThatThrownBy(() -> Profile.of(Map.of("x", Map.of(1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Profile keys must be strings: at x");
    assertThatThrownBy(() -> Profile.of(cycle))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A profile is at most 64 levels deep");
  }

  @Test
  void data_changed_afterwards_does_not_change_the_profile() {
    Map<String, Object> intent = new HashMap<>(Map.of("demand_at", "never"));
    Profile profile = Profile.of(Map.of("session_intent", intent));
    String hash = profile.contentHash();

    intent.put("demand_at", "first_write");

    assertThat(profile.demandAt()).isEqualTo(DemandAt.NEVER);
    assertThat(profile.contentHash()).isEqualTo(hash);
  }

  @Test
  void a_snapshot_is_the_profile_again_and_counts_as_from_a_file() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("session_intent", Map.of("demand_at", "first_write"));
    data.put("task_boundary", Map.of("signals", List.of("time_gap"), "time_gap_seconds", 1.5));
    data.put("high_consequence", Map.of("operations", List.of(Map.of("destructive", true))));
    data.put(
        "unknown é", Arrays.asList(null, Double.NaN, Double.NEGATIVE_INFINITY, 1e22, "\u007f"));
    Profile profile = Profile.of(data);

    Profile snapshot = Profile.fromSnapshot(profile.canonicalText());

    assertThat(snapshot.canonicalText()).isEqualTo(profile.canonicalText());
    assertThat(snapshot.contentHash()).isEqualTo(profile.contentHash());
    assertThat(snapshot.demandAt()).isEqualTo(DemandAt.FIRST_WRITE);
    assertThat(snapshot.fromFile()).isTrue();
    assertThat(snapshot.fingerprint()).contains(profile.contentHash().substring(0, 12));
    assertThat(
            snapshot.isHighConsequence(
                "Bash", "shell", classified(List.of(new Effect("packages", "delete", true)))))
        .isTrue();
  }

  @Test
  void a_snapshot_with_a_malformed_value_runs_on_its_default() {
    Profile snapshot = Profile.fromSnapshot("{\"task_boundary\":{\"signals\":7},\"extends\":1}");

    assertThat(snapshot.ignoredFields())
        .containsExactly("PROFILE_FIELD_IGNORED task_boundary.signals: must be a list of strings");
    assertThat(snapshot.schemaVersion()).isNull();
  }

  @Test
  void a_snapshot_that_is_no_json_object_is_refused() {
    assertThatThrownBy(() -> Profile.fromSnapshot("[]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A profile snapshot must be a JSON object");
    assertThatThrownBy(() -> Profile.fromSnapshot("{"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A profile snapshot must be JSON: line 1, column ");
  }

  private static Map<String, Object> nullOf(String key) {
    Map<String, Object> map = new HashMap<>();
    map.put(key, null);
    return map;
  }

  private static OperationClassification classified(List<Effect> effects) {
    List<Segment> segments =
        effects.stream().map(effect -> new Segment("x", null, List.of(effect))).toList();
    return new OperationClassification("shell_rules", 1, true, null, segments);
  }
}
