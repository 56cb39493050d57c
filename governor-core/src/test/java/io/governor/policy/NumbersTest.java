package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.Verdict;
import io.governor.json.StrictJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers are compared as they are written, by cases that are data. */
class NumbersTest {

  private static final PolicyLoader LOADER = PolicyLoader.standard();

  private record Case(String argument, String comparison, String value, boolean holds) {}

  static List<Case> cases() {
    return Documents.text("numbers.tsv")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .map(cell -> new Case(cell[0], cell[1], cell[2], cell[3].equals("yes")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void numbers_are_compared_by_every_digit_that_is_written(Case given) throws Exception {
    for (Policy policy : readings(given)) {
      for (ToolArguments arguments : forms(given)) {
        assertThat(denied(policy, arguments)).as("%s%n%s", given, policy).isEqualTo(given.holds);
      }
    }
  }

  /** Without quotes numbers and texts are what they are in JSON, in YAML, and written again. */
  private static List<Policy> readings(Case given) throws PolicyException {
    String condition = "{\"arg\": \"/x\", \"" + given.comparison + "\": " + value(given) + "}";
    String json =
        "{\"governor\": 1, \"id\": \"a\", \"mode\": \"enforce\", \"rules\": [{\"id\":"
            + " \"ACME-001\", \"tool\": \"t\", \"when\": "
            + condition
            + ", \"effect\": \"deny\"}]}";
    String yaml =
        "governor: 1\nid: a\nmode: enforce\nrules:\n- id: ACME-001\n  tool: t\n  when:\n"
            + "    arg: /x\n    "
            + given.comparison
            + ": "
            + given.value
            + "\n  effect: deny\n";
    Policy read = LOADER.parse("a.json", json).policy();
    Policy again = LOADER.parse("a.yaml", read.toYaml()).policy();
    assertThat(again).isEqualTo(read);
    assertThat(LOADER.parse("a.json", read.toJson()).policy().hash()).isEqualTo(read.hash());
    return List.of(read, again, LOADER.parse("a.yaml", yaml).policy());
  }

  private static String value(Case given) {
    return given.comparison.equals("type") ? '"' + given.value + '"' : given.value;
  }

  /** As text, as a host's tree, and where that is a number as the number a host would have. */
  private static List<ToolArguments> forms(Case given) throws Exception {
    String json = "{\"x\": " + given.argument + "}";
    List<ToolArguments> forms = new ArrayList<>();
    forms.add(ToolArguments.ofJson(json));
    Object tree = StrictJson.parse(given.argument, StrictJson.Limits.ARGUMENTS);
    if (tree != null) {
      forms.add(ToolArguments.of(Map.of("x", tree)));
    }
    if (tree instanceof Number && !given.argument.contains("e9999")) {
      forms.add(ToolArguments.of(Map.of("x", new BigDecimal(given.argument))));
    }
    return forms;
  }

  private static boolean denied(Policy policy, ToolArguments arguments) {
    try (Governor governor =
        Governor.builder().policy(policy).cache(4).trace(event -> {}).build()) {
      var session = governor.session().open();
      Verdict first = session.before(ToolCall.of("t", arguments)).verdict();
      Verdict cached = session.before(ToolCall.of("t", arguments)).verdict();
      assertThat(cached).isEqualTo(first);
      return first == Verdict.DENY;
    }
  }

  @Test
  void no_exponent_and_no_length_costs_more_than_its_digits() throws Exception {
    Policy policy = readings(new Case("", "greater_than", "1e-999999999", true)).get(0);
    String digits = "9".repeat(1 << 20);

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String hostile :
              List.of("1e999999999", "-1e-999999999", "9e1000000000", digits, "1e" + digits)) {
            ToolArguments arguments = ToolArguments.ofJson("{\"x\": " + hostile + "}");
            boolean readable = hostile.endsWith("999999999") && hostile.length() < 20;

            boolean denied = denied(policy, arguments);

            assertThat(arguments.problem() == null).as(hostile.substring(0, 5)).isEqualTo(readable);
            assertThat(denied).isEqualTo(!hostile.startsWith("-"));
          }
        });
  }
}
