package io.governor.policy;

import static io.governor.policy.Conditions.all;
import static io.governor.policy.Conditions.any;
import static io.governor.policy.Conditions.arg;
import static io.governor.policy.Conditions.classification;
import static io.governor.policy.Conditions.commandRuns;
import static io.governor.policy.Conditions.commandTouches;
import static io.governor.policy.Conditions.destructiveCommand;
import static io.governor.policy.Conditions.detect;
import static io.governor.policy.Conditions.detectInArguments;
import static io.governor.policy.Conditions.detectInResult;
import static io.governor.policy.Conditions.during;
import static io.governor.policy.Conditions.incompleteCommand;
import static io.governor.policy.Conditions.not;
import static io.governor.policy.Conditions.operation;
import static io.governor.policy.Conditions.origin;
import static io.governor.policy.Conditions.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.CallHint;
import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.Operation;
import io.governor.Origin;
import io.governor.ResultHint;
import io.governor.Rule;
import io.governor.TokenUsage;
import io.governor.ToolTraits;
import io.governor.Verdict;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyBuilderTest {

  private static final LocalTime EIGHT = LocalTime.of(8, 0);
  private static final LocalTime SIX = LocalTime.of(18, 0);

  @Test
  void a_policy_in_java_says_what_its_file_says() throws PolicyException {
    Policy policy =
        Policy.named("acme-support")
            .revision(7)
            .standard("POL-001", Mode.ENFORCE, Verdict.DENY)
            .standard("GOV-003", Mode.WARN)
            .tool("crm.sync", ToolTraits.NONE.operation(Operation.WRITE).target("crm"))
            .tool(
                "crm.*",
                ToolTraits.NONE
                    .result(ResultHint.classified("internal"))
                    .call(new CallHint("internal", "P30D")))
            .agent(
                new AgentEntry("support-*", List.of("crm.*", "mail.send"), List.of("crm.delete*")))
            .rule(
                PolicyRule.named("ACME-101")
                    .title("Mail goes to our own people")
                    .tools("mail.send")
                    .when(not(arg("/to").matches("@acme\\.com$")))
                    .reason("Mail to outside addresses needs a person.")
                    .suggest("Ask the user to send it.")
                    .deny())
            .rule(
                PolicyRule.named("ACME-102")
                    .serves("ASI01", "ASI02")
                    .when(detect("secret"))
                    .redact())
            .rule(
                PolicyRule.named("ACME-103")
                    .tools("refund.create")
                    .limit(3, Duration.ofHours(1), CallLimit.Scope.SESSION)
                    .ask())
            .rule(
                PolicyRule.named("ACME-104")
                    .tools("Bash", "mcp__shell__*")
                    .when(destructiveCommand())
                    .mode(Mode.ENFORCE)
                    .onError(Rule.OnError.ALLOW)
                    .deny())
            .rule(
                PolicyRule.named("ACME-105")
                    .tools("fs.*")
                    .when(arg("/path").not().isInside("${workspace}"))
                    .deny())
            .rule(
                PolicyRule.named("ACME-106")
                    .tools("export_data")
                    .when(
                        not(
                            during(
                                ZoneId.of("Europe/Berlin"),
                                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                                EIGHT,
                                SIX)))
                    .ask())
            .risk(
                new Risk(
                    50,
                    80,
                    Map.of(
                        Risk.Signal.EXECUTE, 30,
                        Risk.Signal.NETWORK, 20,
                        Risk.Signal.DETECTION, 40,
                        Risk.Signal.OUTSIDE_ROOT, 30,
                        Risk.Signal.BURST, 20)))
            .example(
                PolicyCase.named("outside mail", "mail.send", Map.of("to", "x@evil.example"))
                    .agent("support-1")
                    .expect(Verdict.DENY, "ACME-101"))
            .example(
                PolicyCase.named("our own mail", "mail.send", Map.of("to", "y@acme.com"))
                    .expect(Verdict.ALLOW))
            .build();

    Policy file = PolicyLoader.standard().parse("p", Documents.text("acme-support.yaml")).policy();

    assertThat(policy).isEqualTo(file).hasSameHashCodeAs(file);
    assertThat(policy.hash()).isEqualTo(file.hash());
  }

  @Test
  void every_condition_can_be_written_in_java() throws PolicyException {
    List<Condition> conditions =
        List.of(
            any(arg("").isOfType(Comparison.JsonType.OBJECT), arg("/a/*").isEqualTo(1)),
            all(arg("/a").in("x", null, 2), arg("/b").matchesGlob("x*")),
            all(arg("/a").contains("x"), arg("/b").startsWith("y")),
            all(arg("/a").greaterThan(1), arg("/b").lessThan(new BigDecimal("2.50"))),
            all(arg("/a").lessThan(1), arg("/b").greaterThan(BigDecimal.TEN)),
            all(arg("/a").isPresent(), arg("/b").isAbsent()),
            any(arg("/a").isLongerThan(1), arg("/a").isShorterThan(9), arg("/a").hasLength(5)),
            arg("/a").hasHostIn("acme.com", "*.acme.com"),
            arg("/a").not().not().isEqualTo(List.of(Map.of("x", 1.5f))),
            all(detectInArguments("personal"), detectInResult("card")),
            all(commandRuns("git push"), commandTouches("~/.ssh"), incompleteCommand()),
            during(ZoneId.of("UTC"), EIGHT, SIX),
            all(operation(Operation.WRITE, Operation.DELETE), origin(Origin.MCP)),
            all(server("x*"), classification("pii")));
    PolicyBuilder builder = Policy.named("every").detectors(Documents.DETECTORS);
    for (int i = 0; i < conditions.size(); i++) {
      builder.rule(
          PolicyRule.named("ACME-" + (100 + i))
              .tools("mcp__x" + i + "*")
              .when(conditions.get(i))
              .warn());
    }

    Policy policy = builder.build();

    Policy read =
        PolicyLoader.standard().detectors(Documents.DETECTORS).parse("p", policy.toYaml()).policy();
    assertThat(read).isEqualTo(policy);
  }

  @Test
  void what_a_file_may_not_say_java_may_not_either() {
    PolicyBuilder builder =
        Policy.named("acme support")
            .standard("GOV-003", Mode.WARN, Verdict.DENY)
            .allow("a{", "b")
            .deny("support", "[")
            .rule(PolicyRule.named("POL-001").tools("a").warn())
            .rule(PolicyRule.named("ACME-101").when(arg("/a").matches("(?=x)")).warn())
            .rule(PolicyRule.named("ACME-101").when(detect("secrets")).warn())
            .rule(PolicyRule.named("ACME-102").redact())
            .example(PolicyCase.named("a", "b", Map.of()).expect(Verdict.DENY, "ACME-999"));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            policy acme support:
            id: expected 1 to 64 letters, digits, dots, dashes and underscores
            rules[0].id: ids with POL- and GOV- are those of the standard rules, which are set under standard; choose other letters
            rules[1].when.matches: the pattern does not compile: look-ahead and look-behind are not supported, because they cannot be matched in linear time; combine two conditions with all and not instead
            rules[2].id: ACME-101 is also the id of rules[1]; ids are unique
            rules[2].when.detect: unknown detector; did you mean secret?
            rules[3].effect: redact rewrites what a detector finds: expected a condition detect that is not under not
            standard.GOV-003.effect: expected none: what the score says follows from its thresholds
            agents[0].agent: not a glob: expected } to close {
            agents[1].deny[0]: not a glob: expected ] to close [ at column 1
            cases[0].rule: no rule of this policy has this id""");
  }

  @Test
  void what_no_document_holds_is_refused() {
    assertThatThrownBy(() -> arg("/a").isEqualTo(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> arg("/a").isEqualTo(new Object()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> arg("/a").isEqualTo("\ud83d"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> arg("/a").greaterThan(new BigDecimal("1e1000000000")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> arg("/a").isEqualTo(new BigDecimal("1e-1000000000")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> arg("/a").lessThan(new BigDecimal("0." + "1".repeat(56))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Comparison.Length(new Comparison.EqualTo(1.5)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Comparison.Length(new Comparison.GreaterThan(new BigDecimal("1e999999999"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PolicyCase.named("a", "b", Map.of("c", '\0')).expect(Verdict.DENY))
        .isInstanceOf(IllegalArgumentException.class);
    ToolTraits traits =
        ToolTraits.NONE.result(ResultHint.NONE.with(TokenUsage.ofTurn("t", 1L, 2L)));
    assertThatThrownBy(() -> Policy.named("a").tool("b", traits).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token usage");
  }

  @Test
  void values_that_go_in_are_copied() {
    List<Object> list = new ArrayList<>(Arrays.asList(1, null));
    Comparison.EqualTo equal = new Comparison.EqualTo(list);

    list.clear();

    assertThat(equal).isEqualTo(new Comparison.EqualTo(Arrays.asList(1L, null)));
    assertThat(new Comparison.GreaterThan(new BigDecimal("1.0")))
        .isEqualTo(new Comparison.GreaterThan(BigDecimal.ONE));
  }

  @Test
  void policies_are_equal_when_they_say_the_same() {
    Policy one = Policy.named("a").build();

    assertThat(one).isEqualTo(Policy.named("a").build()).isNotEqualTo(Policy.named("b").build());
    assertThat(one).isNotEqualTo("a").hasToString("Policy[a revision 0, 0 rules]");
  }
}
