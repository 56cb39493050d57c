package io.governor.standard;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Operation;
import io.governor.event.OperationClassification;
import io.governor.event.OperationClassification.Effect;
import io.governor.event.OperationClassification.Segment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a profile does to scope events (execution record, sections 7.4 and 7.5). */
class ProfileEffectsTest {

  @Test
  void a_profile_without_signals_has_no_task_boundaries() {
    boolean crossed =
        Profile.defaults()
            .crossesTaskBoundary(
                new ScopeMark("a/b.txt", Operation.READ),
                new ScopeMark("c/d.java", Operation.DELETE),
                Duration.ofDays(1));

    assertThat(crossed).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // signal, previous target and operation, current target and operation, crossed
    "dir_change, a/b/c, READ, a/b/d, READ, false",
    "dir_change, a/b/c, READ, a/e/c, READ, true",
    "dir_change, shell/filesystem, EXECUTE, shell, EXECUTE, false",
    "dir_change, shell/network, EXECUTE, filesystem, WRITE, true",
    "dir_change, '', READ, a, READ, false",
    "file_type_shift, a/x.java, READ, b/y.java, READ, false",
    "file_type_shift, a/x.java, READ, a/x.md, READ, true",
    "file_type_shift, a/x.java, READ, a/x, READ, false",
    "file_type_shift, shell/a.sh, EXECUTE, a/x.md, READ, false",
    "read_to_write_transition, a, READ, a, WRITE, true",
    "read_to_write_transition, a, READ, a, DELETE, true",
    "read_to_write_transition, a, READ, a, EXECUTE, true",
    "read_to_write_transition, a, READ, a, READ, false",
    "read_to_write_transition, a, WRITE, a, DELETE, false",
    "read_to_write_transition, a, WRITE, a, READ, false",
    "time_gap, a, READ, b.c, WRITE, false"
  })
  void a_signal_fires_on_its_change_alone(
      String signal, String before, Operation did, String after, Operation does, boolean crossed) {
    Profile profile = Profile.of(Map.of("task_boundary", Map.of("signals", List.of(signal))));

    assertThat(
            profile.crossesTaskBoundary(
                new ScopeMark(before, did), new ScopeMark(after, does), Duration.ofSeconds(299)))
        .isEqualTo(crossed);
  }

  @Test
  void one_signal_of_several_suffices() {
    Profile profile =
        Profile.of(Map.of("task_boundary", Map.of("signals", List.of("time_gap", "dir_change"))));

    assertThat(
            profile.crossesTaskBoundary(
                new ScopeMark("a", Operation.READ),
                new ScopeMark("b", Operation.READ),
                Duration.ZERO))
        .isTrue();
  }

  static List<Arguments> gaps() {
    return List.of(
        Arguments.of(300, Duration.ofSeconds(300), true),
        Arguments.of(300, Duration.ofSeconds(300).minusNanos(1), false),
        Arguments.of(0.1, Duration.ofMillis(100), true),
        Arguments.of(0.1, Duration.ofNanos(99_999_999), false),
        Arguments.of(300.1, Duration.ofMillis(300_100), true),
        Arguments.of(0, Duration.ofSeconds(-5), true),
        Arguments.of(1, Duration.ofSeconds(-5), false),
        Arguments.of(1e300, Duration.ofSeconds(Long.MAX_VALUE), false),
        Arguments.of(5, Duration.ofSeconds(Long.MAX_VALUE), true));
  }

  @ParameterizedTest
  @MethodSource("gaps")
  void a_time_gap_fires_from_its_very_second_on(Number gap, Duration since, boolean crossed) {
    Profile profile =
        Profile.of(
            Map.of(
                "task_boundary", Map.of("signals", List.of("time_gap"), "time_gap_seconds", gap)));
    ScopeMark mark = new ScopeMark("a", Operation.READ);

    assertThat(profile.crossesTaskBoundary(mark, mark, since)).isEqualTo(crossed);
  }

  @Test
  void a_tool_pattern_is_searched_in_tool_and_target() {
    Profile profile = tools("Bash:.*filesystem", "^fs\\.write:", "env$");

    assertThat(profile.isHighConsequence("Bash", "shell/filesystem", null)).isTrue();
    assertThat(profile.isHighConsequence("bash", "shell/filesystem", null)).isFalse();
    assertThat(profile.isHighConsequence("fs.write", "fs", null)).isTrue();
    assertThat(profile.isHighConsequence("fs.read", "dot.env", null)).isTrue();
    assertThat(profile.isHighConsequence("fs.read", "fs", null)).isFalse();
  }

  @Test
  void a_pattern_that_does_not_compile_is_skipped_and_named() {
    Profile profile = tools("(?=x)", "Bash");

    assertThat(profile.isHighConsequence("Bash", "shell", null)).isTrue();
    assertThat(profile.ignoredFields())
        .containsExactly(
            "PROFILE_FIELD_IGNORED high_consequence.tools[0]: the pattern does not compile:"
                + " look-ahead and look-behind are not supported, because they cannot be matched in"
                + " linear time; skipped");
  }

  static Stream<Arguments> rules() {
    Effect read = new Effect("filesystem", "read", false);
    Effect delete = new Effect("filesystem", "delete", true);
    Effect network = new Effect("network", "modify", null);
    return Stream.of(
        Arguments.of(Map.of(), List.of(read), true),
        Arguments.of(Map.of(), List.of(), false),
        Arguments.of(Map.of("domain", "filesystem"), List.of(network, read), true),
        Arguments.of(Map.of("domain", "packages"), List.of(network, read), false),
        Arguments.of(Map.of("domain", List.of("packages", "network")), List.of(network), true),
        Arguments.of(Map.of("action", "delete"), List.of(delete), true),
        Arguments.of(Map.of("action", "delete", "destructive", true), List.of(delete), true),
        Arguments.of(Map.of("action", "read", "destructive", true), List.of(read, delete), false),
        Arguments.of(Map.of("destructive", false), List.of(read), true),
        Arguments.of(Map.of("destructive", true), List.of(network), false),
        Arguments.of(Map.of("destructive", false), List.of(network), false));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void an_operation_rule_matches_when_one_effect_satisfies_it_whole(
      Map<String, Object> rule, List<Effect> effects, boolean matches) {
    Profile profile = Profile.of(Map.of("high_consequence", Map.of("operations", List.of(rule))));

    assertThat(profile.isHighConsequence("Bash", "shell", classified(effects))).isEqualTo(matches);
    assertThat(profile.isHighConsequence("Bash", "shell", null)).isFalse();
    assertThat(profile.ignoredFields()).isEmpty();
  }

  @Test
  void effects_of_different_segments_do_not_add_up() {
    Profile profile =
        Profile.of(
            Map.of(
                "high_consequence",
                Map.of("operations", List.of(Map.of("domain", "network", "destructive", true)))));
    Effect network = new Effect("network", "read", false);
    Effect delete = new Effect("filesystem", "delete", true);

    assertThat(profile.isHighConsequence("Bash", "shell", classified(List.of(network, delete))))
        .isFalse();
  }

  private static Profile tools(String... patterns) {
    return Profile.of(Map.of("high_consequence", Map.of("tools", List.of(patterns))));
  }

  private static OperationClassification classified(List<Effect> effects) {
    List<Segment> segments =
        effects.stream().map(effect -> new Segment("x", null, List.of(effect))).toList();
    return new OperationClassification("shell_rules", 1, true, null, segments);
  }
}
