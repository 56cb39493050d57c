package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.Operation;
import io.governor.Rule;
import io.governor.RuleId;
import io.governor.Verdict;
import io.governor.policy.Condition.Part;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLoaderTest {

  private static final PolicyLoader LOADER = PolicyLoader.standard().detectors(Documents.DETECTORS);

  @TempDir Path folder;

  static List<Documents.Case> documents() {
    return Documents.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void a_document_is_read_with_every_place_named(Documents.Case document) {
    assertThat(said(document.document())).containsExactlyElementsOf(document.said());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void a_file_is_read_as_its_text_is(Documents.Case document) throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), document.document());

    try {
      LoadedPolicy loaded = LOADER.load(file);
      assertThat(document.refused()).isFalse();
      assertThat(lines(loaded.warnings())).isEqualTo(document.said());
    } catch (PolicyException e) {
      assertThat(lines(e.problems())).isEqualTo(document.said());
      assertThat(e)
          .hasMessage(
              document.said().stream()
                  .map(line -> line.replaceFirst("^ERROR ", file + ":"))
                  .collect(Collectors.joining("\n")));
    }
  }

  @Test
  void the_example_of_the_design_says_what_it_means() throws PolicyException {
    LoadedPolicy loaded = LOADER.parse("acme.yaml", Documents.text("acme-support.yaml"));
    Policy policy = loaded.policy();

    assertThat(loaded.warnings()).isEmpty();
    assertThat(policy.id()).isEqualTo("acme-support");
    assertThat(policy.revision()).isEqualTo(7);
    assertThat(policy.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(policy.requireTrace()).isFalse();
    assertThat(policy.standard())
        .containsExactly(
            Map.entry(RuleId.of("GOV-003"), new StandardSetting(Mode.WARN, null)),
            Map.entry(RuleId.of("POL-001"), new StandardSetting(Mode.ENFORCE, Verdict.DENY)));
    assertThat(policy.tools().get(0).traits().operation()).isEqualTo(Operation.WRITE);
    assertThat(policy.tools().get(1).traits().call().retention()).isEqualTo("P30D");
    assertThat(policy.tools().get(1).traits().result().classifications())
        .containsExactly("internal");
    assertThat(policy.agents())
        .containsExactly(
            new AgentEntry("support-*", List.of("crm.*", "mail.send"), List.of("crm.delete*")));
    assertThat(policy.rules().get(0))
        .isEqualTo(
            new PolicyRule(
                RuleId.of("ACME-101"),
                "Mail goes to our own people",
                List.of(),
                List.of("mail.send"),
                new Condition.Not(argument("/to", new Comparison.Matches("@acme\\.com$"))),
                null,
                Verdict.DENY,
                null,
                Rule.OnError.DENY,
                "Mail to outside addresses needs a person.",
                "Ask the user to send it.",
                List.of(),
                false));
    assertThat(policy.rules().get(1).serves()).containsExactly("ASI01", "ASI02");
    assertThat(policy.rules().get(1).when())
        .isEqualTo(new Condition.Detect(List.of("secret"), EnumSet.allOf(Part.class)));
    assertThat(policy.rules().get(2).limit())
        .isEqualTo(new CallLimit(3, Duration.ofHours(1), CallLimit.Scope.SESSION));
    assertThat(policy.rules().get(3).when())
        .isEqualTo(new Condition.Command(true, List.of(), List.of(), null));
    assertThat(policy.rules().get(3).mode()).isEqualTo(Mode.ENFORCE);
    assertThat(policy.rules().get(3).onError()).isEqualTo(Rule.OnError.ALLOW);
    assertThat(policy.rules().get(4).when())
        .isEqualTo(
            argument("/path", new Comparison.Not(new Comparison.Inside(List.of("${workspace}")))));
    assertThat(policy.rules().get(5).when())
        .isEqualTo(
            new Condition.Not(
                new Condition.Time(
                    ZoneId.of("Europe/Berlin"),
                    EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                    LocalTime.of(8, 0),
                    LocalTime.of(18, 0))));
    assertThat(policy.risk().weights()).containsEntry(Risk.Signal.OUTSIDE_ROOT, 30);
    assertThat(policy.cases().get(0).rule()).isEqualTo(RuleId.of("ACME-101"));
    assertThat(policy.cases().get(0).arguments()).containsEntry("to", "x@evil.example");
  }

  private static Condition argument(String pointer, Comparison comparison) {
    return new Condition.Argument(ArgumentPointer.of(pointer), comparison);
  }

  @Test
  void several_comparisons_of_one_argument_mean_all_of_them() throws PolicyException {
    Policy policy =
        LOADER
            .parse(
                "p",
                Documents.withRules(
                    "{id: ACME-001, tool: a, effect: warn, when: {arg: /n, greater_than: 1,"
                        + " not: {equals: 3}}}"))
            .policy();

    assertThat(policy.rules().get(0).when())
        .isEqualTo(
            new Condition.All(
                List.of(
                    argument("/n", new Comparison.GreaterThan(BigDecimal.ONE)),
                    argument("/n", new Comparison.Not(new Comparison.EqualTo(3L))))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[SAT-MON]", "[SAT, SUN, MON]", "[MON, SAT-SUN]"})
  void ranges_of_days_wrap_around_the_week(String days) throws PolicyException {
    Policy policy =
        LOADER
            .parse(
                "p",
                Documents.withRules(
                    "{id: ACME-001, tool: a, effect: warn, when: {time: {zone: UTC, days: "
                        + days
                        + "}}}"))
            .policy();

    assertThat(((Condition.Time) policy.rules().get(0).when()).days())
        .containsExactlyInAnyOrder(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY);
  }

  @Test
  void a_document_that_is_wrong_everywhere_is_told_in_a_hundred_lines() {
    String[] rules = new String[3000];
    Arrays.fill(rules, "{id: x}");

    List<String> said = said(Documents.withRules(rules));

    assertThat(said).hasSize(101);
    assertThat(said.get(0)).startsWith("ERROR 4:5: rules[0].tool: missing");
    assertThat(said.get(100)).isEqualTo("ERROR 37:5: <root>: and 8900 more");
  }

  @Test
  void a_file_beyond_the_bound_is_refused_without_reading_all_of_it() throws IOException {
    Path file = folder.resolve("large.yaml");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(50L << 20);
    }

    PolicyException refusal = catchThrowableOfType(PolicyException.class, () -> LOADER.load(file));

    assertThat(lines(refusal.problems()))
        .containsExactly("ERROR 1:1: <root>: the document is longer than 4194304 bytes");
  }

  @Test
  void a_document_may_be_as_long_as_the_bound() {
    String document = "governor: 1\nid: a\n#";
    String longest = document + "x".repeat((4 << 20) - document.length());

    assertThat(said(longest)).isEmpty();
    assertThat(said(longest + "x"))
        .containsExactly("ERROR 1:1: <root>: the document is longer than 4194304 bytes");
  }

  @Test
  void bytes_that_are_no_text_are_refused() throws IOException {
    Path file = folder.resolve("latin1.json");
    Files.write(file, new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xe9, '"', '}'});

    PolicyException refusal = catchThrowableOfType(PolicyException.class, () -> LOADER.load(file));

    assertThat(lines(refusal.problems()))
        .containsExactly("ERROR 1:8: <root>: not valid YAML: a byte that is not UTF-8");
  }

  @Test
  void a_mark_of_byte_order_changes_nothing() throws PolicyException {
    assertThat(LOADER.parse("p", "\ufeffgovernor: 1\nid: a\n").policy().id()).isEqualTo("a");
    assertThat(LOADER.parse("p", "\ufeff{\"governor\": 1, \"id\": \"a\"}").policy().id())
        .isEqualTo("a");
  }

  @Test
  void a_file_that_cannot_be_read_is_no_matter_of_its_content() {
    assertThatThrownBy(() -> LOADER.load(folder.resolve("none.yaml")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> LOADER.load(folder))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("it is not a regular file");
  }

  @Test
  void ten_thousand_rules_are_read_and_one_more_is_refused() {
    assertThat(said(rules(10_000))).isEmpty();
    assertThat(said(rules(10_001)))
        .containsExactly("ERROR 4:3: rules: expected at most 10000 entries, got 10001");
  }

  private static String rules(int count) {
    return Documents.withRules(
        IntStream.range(0, count)
            .mapToObj(i -> "{id: ACME-%06d, tool: t%d, effect: warn}".formatted(i, i))
            .toArray(String[]::new));
  }

  @Test
  void a_rule_over_the_cost_budget_is_refused_with_the_figure_and_the_bound() {
    String conditions =
        IntStream.range(0, 128)
            .mapToObj(i -> "{arg: /a" + i + ", present: true}")
            .collect(Collectors.joining(", "));
    String pattern = "(abcdefghij){1000}";
    String deep = "{not: ".repeat(17) + "{arg: /a, present: true}" + "}".repeat(17);

    assertThat(
            said(
                Documents.withRules(
                    "{id: ACME-001, tool: a, effect: warn, when: {any: [" + conditions + "]}}",
                    "{id: ACME-002, tool: a, effect: warn, when: {any: [{arg: /a, matches: '"
                        + pattern
                        + "'}, {arg: /b, matches: '"
                        + pattern
                        + "'}, {arg: /c, matches: '"
                        + pattern
                        + "'}, {arg: /d, matches: '"
                        + pattern
                        + "'}]}}",
                    "{id: ACME-003, tool: a, effect: warn, when: " + deep + "}")))
        .containsExactly(
            "ERROR 4:5: rules[0]: over the cost budget: expected at most 256 conditions and"
                + " comparisons, got 257",
            "ERROR 5:5: rules[1]: over the cost budget: expected patterns of at most 40000"
                + " characters with their repetitions written out, got 44000",
            "ERROR 6:151: rules[2].when"
                + ".not".repeat(17)
                + ": over the cost budget: nested deeper than 16 levels");
  }

  @Test
  void the_patterns_of_all_rules_have_a_budget_of_their_own() {
    String[] rules = new String[40];
    for (int i = 0; i < rules.length; i++) {
      String two =
          "{any: [{arg: /a, matches: '(abcdefghij){1000}'}, {arg: /b, matches: '(abcdefghij){1000}'}, {arg: /c, matches: '(abcdefghij){500}'}]}";
      rules[i] = "{id: ACME-%03d, tool: t%d, effect: warn, when: %s}".formatted(i, i, two);
    }

    assertThat(said(Documents.withRules(rules)))
        .singleElement()
        .asString()
        .startsWith("ERROR 4:3: rules: over the cost budget: expected patterns of at most 1000000")
        .endsWith("got 1100000");
  }

  @Test
  void the_deepest_document_costs_no_stack() {
    assertThat(said("governor: 1\nid: a\nrules: " + "[".repeat(200_000)))
        .singleElement()
        .asString()
        .contains("nested deeper than 64 levels");
    assertThat(said("{\"governor\": " + "[".repeat(200_000)))
        .singleElement()
        .asString()
        .contains("nested deeper than 64 levels");
  }

  @Test
  void aliases_that_blow_a_document_up_are_refused() {
    StringBuilder text =
        new StringBuilder("governor: 1\nid: a\nx0: &x0 [a, a, a, a, a, a, a, a]\n");
    for (int i = 1; i < 12; i++) {
      text.append(
          "x%d: &x%d [*x%d, *x%d, *x%d, *x%d, *x%d, *x%d, *x%d, *x%d]\n"
              .replace("%d", "%1$d")
              .formatted(i)
              .replace("*x" + i, "*x" + (i - 1)));
    }

    assertThat(said(text.toString()))
        .singleElement()
        .asString()
        .contains("too large once its aliases are written out");
  }

  @Test
  void what_is_said_never_quotes_the_values_of_cases() {
    String said =
        String.join(
            "\n",
            said(
                """
                governor: 1
                id: a
                cases:
                  - {name: 5, call: {tool: a, arguments: {token: hunter2, n: .inf}}, expect: hunter2}
                  - {name: a, call: {tool: a, arguments: hunter2}, result: [hunter2], expect: allow}
                """));

    assertThat(said).isNotEmpty().doesNotContain("hunter2");
  }

  private static List<String> said(String text) {
    try {
      return lines(LOADER.parse("policy.yaml", text).warnings());
    } catch (PolicyException e) {
      return lines(e.problems());
    }
  }

  private static List<String> lines(List<PolicyProblem> problems) {
    List<String> lines = new ArrayList<>();
    problems.forEach(
        problem ->
            lines.add(
                problem.severity()
                    + " "
                    + problem.place().line()
                    + ":"
                    + problem.place().column()
                    + ": "
                    + problem.path()
                    + ": "
                    + problem.message()));
    return lines;
  }
}
