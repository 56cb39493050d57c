package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.event.EventType;
import io.governor.event.GovernorMember;
import io.governor.event.GovernorMember.RuleEntry;
import io.governor.event.TraceEvent;
import io.governor.pattern.Glob;
import io.governor.standard.StandardRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {

  private static final ToolCall CALL =
      ToolCall.of("refund.create", ToolArguments.ofJson("{\"amount\": 120, \"to\": \"a~b/c\"}"));

  /**
   * One rule: what it says, in which mode, gives which action; and whether the verdict is acted on.
   */
  @ParameterizedTest(name = "{0} in {1} mode: {2}")
  @CsvSource({
    "WARN,   OBSERVE, PROCEED, false, true",
    "WARN,   WARN,    PROCEED, false, true",
    "WARN,   ENFORCE, PROCEED, true,  true",
    "REDACT, OBSERVE, PROCEED, false, true",
    "REDACT, ENFORCE, REWRITE, true,  true",
    "ASK,    OBSERVE, PROCEED, false, true",
    "ASK,    WARN,    PROCEED, false, true",
    "ASK,    ENFORCE, REFUSE,  true,  false",
    "DENY,   OBSERVE, PROCEED, false, true",
    "DENY,   WARN,    PROCEED, false, true",
    "DENY,   ENFORCE, REFUSE,  true,  false",
  })
  void modeAndEffectGiveTheAction(
      Verdict effect, Mode mode, Action action, boolean enforced, boolean passThrough) {
    Sinks.Recording trace = new Sinks.Recording();

    Decision decision = decide(trace, List.of(rule("TST-001", effect, mode)));

    assertThat(decision.verdict()).isEqualTo(effect);
    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.enforced()).isEqualTo(enforced);
    TraceEvent scope = scope(trace);
    assertThat(scope.passThrough()).isEqualTo(passThrough);
    assertThat(scope.violations()).containsExactly("POL-001", "TST-001");
    GovernorMember governor = Objects.requireNonNull(scope.governor());
    assertThat(governor.verdict()).isEqualTo(effect.wireName());
    assertThat(governor.enforced()).isEqualTo(enforced);
    assertThat(governor.rules())
        .containsExactly(new RuleEntry("TST-001", effect.wireName(), mode.wireName()));
  }

  @Test
  void aRuleThatIsOffIsNotAsked() {
    Rule off =
        Rule.named("TST-001")
            .mode(Mode.OFF)
            .when(
                facts -> {
                  throw new AssertionError("asked");
                })
            .deny();

    Decision decision = decide(new Sinks.Recording(), List.of(off));

    assertThat(decision.verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(decision.failedRules()).isEmpty();
  }

  @Test
  void theHostThatAsksItsOwnUserGetsTheQuestionAndTheCallCountsAsLetThrough() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor =
            Governor.builder()
                .trace(trace)
                .rules(rule("TST-001", Verdict.ASK, Mode.ENFORCE))
                .build();
        GovernedSession session = governor.session().hostAsks().open()) {
      assertThat(session.before(CALL).action()).isEqualTo(Action.ASK);
    }
    assertThat(scope(trace).passThrough()).isTrue();
  }

  @Test
  void everyPreCallEventOfABlockedCallSaysSo() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor =
            Governor.builder()
                .trace(trace)
                .rules(rule("TST-001", Verdict.DENY, Mode.ENFORCE))
                .build();
        GovernedSession session = governor.session().origin(Origin.HOOK).open()) {
      session.before(ToolCall.of("Write", ToolArguments.empty()));
    }

    assertThat(trace.events().stream().filter(event -> !event.passThrough()).map(TraceEvent::type))
        .containsExactly(
            EventType.SCOPE_ASSERTED, EventType.CONTEXT_SNAPSHOT, EventType.MEMORY_WRITE_ATTEMPT);
    assertThat(trace.events().stream().filter(TraceEvent::passThrough).map(TraceEvent::type))
        .containsExactly(EventType.AGENT_REGISTERED, EventType.INTENT_DECLARED);
  }

  @Test
  void theStrongestRuleDecidesAndNeitherOrderNorNumberMatters() {
    long seed = Long.getLong("governor.seed", 20261121L);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      List<Rule> rules = new ArrayList<>();
      int count = random.nextInt(1, 8);
      for (int i = 0; i < count; i++) {
        Verdict effect = Verdict.values()[random.nextInt(1, 5)];
        Mode mode = Mode.values()[random.nextInt(4)];
        rules.add(rule("TST-" + (100 + i), effect, mode));
      }
      Decision inOrder = decide(new Sinks.Recording(), rules);
      Collections.shuffle(rules, new Random(random.nextLong()));
      Decision shuffled = decide(new Sinks.Recording(), rules);

      assertThat(shuffled.rules()).as("seed %d, round %d", seed, round).isEqualTo(inOrder.rules());
      assertThat(shuffled.action()).isEqualTo(inOrder.action());
      assertThat(inOrder.verdict())
          .isEqualTo(
              rules.stream()
                  .filter(rule -> rule.mode() != Mode.OFF)
                  .map(Rule::effect)
                  .reduce(Verdict.ALLOW, Verdict::or));
    }
  }

  @Test
  void redactionsApplyInTheOrderOfIdsAndOnlyWhenEnforced() {
    Rule second =
        Rule.named("TST-200")
            .mode(Mode.ENFORCE)
            .redactArguments(old -> ToolArguments.ofJson(old.json().replace("120", "1")));
    Rule first =
        Rule.named("TST-100")
            .mode(Mode.ENFORCE)
            .redactArguments(old -> ToolArguments.ofJson(old.json().replace("1", "12")));
    Rule observed =
        Rule.named("TST-300").redactArguments(old -> ToolArguments.ofJson("{\"gone\":true}"));

    Decision decision = decide(new Sinks.Recording(), List.of(second, observed, first));

    assertThat(decision.action()).isEqualTo(Action.REWRITE);
    assertThat(decision.arguments().json()).isEqualTo("{\"amount\": 1220, \"to\": \"a~b/c\"}");
    assertThat(decision.call().arguments()).isSameAs(CALL.arguments());
  }

  @Test
  void aResultCanBeRewrittenWithheldOrJustTold() {
    Rule redact =
        Rule.named("TST-001").mode(Mode.ENFORCE).redactResult(old -> ToolResult.ofText("[gone]"));
    Rule deny = Rule.named("TST-002").onResult().tools("hr.*").mode(Mode.ENFORCE).deny();
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = Governor.builder().trace(trace).rules(redact, deny).build();
        GovernedSession session = governor.session().open()) {
      Decision rewritten =
          session.after(session.before(CALL).call(), ToolResult.ofText("a secret"));
      Decision withheld =
          session.after(
              session.before(ToolCall.of("hr.read", ToolArguments.empty())).call(),
              ToolResult.ofText("a salary"));

      assertThat(rewritten.action()).isEqualTo(Action.REWRITE);
      assertThat(Objects.requireNonNull(rewritten.result()).text()).isEqualTo("[gone]");
      assertThat(withheld.refused()).isTrue();
      assertThat(withheld.message()).isEqualTo("Refused by rule TST-002.");
    }
    for (TraceEvent event : trace.events()) {
      assertThat(event.passThrough()).isTrue();
    }
  }

  @Test
  void aRefusalSaysRuleReasonAndWayOutAndNoValue() {
    Rule rule =
        Rule.named("ACME-103")
            .tools("refund.*")
            .when(facts -> facts.number("/amount") > 100)
            .mode(Mode.ENFORCE)
            .reason("Refunds over 100 need a person.")
            .suggest("Ask the user to file it.")
            .deny();

    Decision decision = decide(new Sinks.Recording(), List.of(rule));

    assertThat(decision.message())
        .isEqualTo(
            "Refused by rule ACME-103. Refunds over 100 need a person. Ask the user to file it.");
  }

  @Test
  void whereNobodyCanBeAskedTheRefusalSaysSo() {
    Rule rule = rule("TST-001", Verdict.ASK, Mode.ENFORCE);

    assertThat(decide(new Sinks.Recording(), List.of(rule)).message())
        .isEqualTo(
            "Refused by rule TST-001, which needs a person's approval; nobody could be asked.");
  }

  @Test
  void warningsAreForTheModelAndTheCallProceeds() {
    Rule told = Rule.named("TST-001").mode(Mode.WARN).reason("Too much.").deny();
    Rule silent = Rule.named("TST-002").mode(Mode.OBSERVE).reason("Never told.").deny();

    Decision decision = decide(new Sinks.Recording(), List.of(told, silent));

    assertThat(decision.action()).isEqualTo(Action.PROCEED);
    assertThat(decision.warnings()).containsExactly("Warning by rule TST-001. Too much.");
    assertThat(decision.message()).isEqualTo("Warning by rule TST-001. Too much.");
  }

  @ParameterizedTest(name = "on_error {0} in {1} mode")
  @CsvSource({
    "DENY, ENFORCE, REFUSE",
    "ALLOW, ENFORCE, PROCEED",
    "DENY, OBSERVE, PROCEED",
    "DENY, WARN, PROCEED"
  })
  void aRuleThatFailsCostsTheCallOnlyWhereItIsEnforced(
      Rule.OnError onError, Mode mode, Action action) {
    Rule broken =
        Rule.named("TST-001")
            .mode(mode)
            .onError(onError)
            .when(facts -> overflow(facts.sessionId()))
            .deny();
    Sinks.Recording trace = new Sinks.Recording();

    Decision decision = decide(trace, List.of(broken));

    assertThat(decision.action()).isEqualTo(action);
    assertThat(decision.failedRules()).containsExactly(RuleId.of("TST-001"));
    boolean recorded = scope(trace).violations().contains("TST-001");
    assertThat(recorded).isEqualTo(action == Action.REFUSE);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static boolean overflow(String text) {
    return overflow(text + "x") && text.isEmpty();
  }

  @Test
  void aStandardRuleDecidesOnlyWhenItIsNamed() {
    ToolCall read = ToolCall.of("crm.lookup", ToolArguments.empty());
    try (Governor governor =
            Governor.builder()
                .trace(TraceSink.none())
                .standard(StandardRules.POL_001, Mode.ENFORCE, Verdict.DENY)
                .build();
        GovernedSession undeclared = governor.session().open();
        GovernedSession declared =
            governor.session().intent(Intent.explicit("look", "crm")).open()) {
      assertThat(undeclared.before(read).refused()).isTrue();
      assertThat(undeclared.before(read).message()).startsWith("Refused by rule POL-001. ");
      assertThat(declared.before(read).action()).isEqualTo(Action.PROCEED);
    }
  }

  @Test
  void anUnregisteredAgentIsRefusedEveryCallWherePol002IsEnforced() {
    try (Governor governor =
            Governor.builder()
                .trace(TraceSink.none())
                .standard(StandardRules.POL_002, Mode.ENFORCE, Verdict.DENY)
                .build();
        GovernedSession nobody = governor.session().agent(Agent.named("x")).open();
        GovernedSession known = governor.session().agent(Agent.named("x").owner("me")).open()) {
      assertThat(nobody.before(CALL).refused()).isTrue();
      assertThat(nobody.before(CALL).refused()).isTrue();
      assertThat(known.before(CALL).refused()).isFalse();
    }
  }

  @Test
  void enforcingNothingIsRefusedAtTheStartUnlessAllowed() {
    assertThatThrownBy(() -> Governor.builder().mode(Mode.ENFORCE).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("allowWithoutPolicy()");
    Governor.builder().mode(Mode.ENFORCE).allowWithoutPolicy().build().close();
  }

  @Test
  void whereARecordIsRequiredACallThatCannotBeRecordedDoesNotRun() {
    Sinks.Recording full = new Sinks.Recording(attempt -> attempt > 2);
    try (Governor governor =
            Governor.builder()
                .trace(full)
                .mode(Mode.ENFORCE)
                .allowWithoutPolicy()
                .requireTrace()
                .build();
        GovernedSession session = governor.session().open()) {
      Decision decision = session.before(CALL);

      assertThat(decision.refused()).isTrue();
      assertThat(decision.message()).contains("could not be recorded");
    }
  }

  @Test
  void mistakesInRulesAppearWhenTheGovernorIsBuilt() {
    assertThatThrownBy(
            () ->
                Governor.builder()
                    .rules(rule("TST-001", Verdict.DENY, Mode.OBSERVE))
                    .rules(rule("TST-001", Verdict.WARN, Mode.OBSERVE))
                    .build())
        .hasMessage("rule TST-001: expected one rule of this id, got two");
    assertThatThrownBy(
            () -> Governor.builder().rules(Rule.named("TST-001").tools("a[b").deny()).build())
        .hasMessage("rule TST-001: tools: glob: expected ] to close [ at column 2");
    assertThatThrownBy(() -> Rule.named("TST-001").tools())
        .hasMessage("rule TST-001: tools: expected at least one name or glob");
    assertThatThrownBy(() -> Rule.named("nope")).hasMessageStartingWith("not a rule id");
    assertThatThrownBy(
            () ->
                Governor.builder()
                    .standard(RuleId.of("ABC-001"), Mode.ENFORCE, Verdict.DENY)
                    .build())
        .hasMessageContaining("expected one of [POL-001");
  }

  @ParameterizedTest
  @CsvSource({
    "crm.*, crm.read, true",
    "crm.*, crmx.read, false",
    "mcp__shell__*, mcp__shell__run, true",
    "a?c, abc, true",
    "a?c, ac, false",
    "[a-c]x, bx, true",
    "[!a-c]x, bx, false",
    "a.b, axb, false",
    "'{mail,crm}.send', crm.send, true",
    "'{mail,crm}.send', fax.send, false",
    "*, '', true",
    "a+b, aab, false",
    "Crm.*, crm.x, false"
  })
  void toolsAreNamedByGlobs(String glob, String tool, boolean matches) {
    assertThat(Glob.of(glob).matches(tool)).isEqualTo(matches);
  }

  @Test
  void factsReachIntoArguments() {
    CallFacts facts =
        facts(
            ToolCall.of(
                "t",
                ToolArguments.ofJson(
                    "{\"a\":{\"b\":[1,{\"c\":\"x\"}]},\"m~n/o\":2,\"\":3,\"big\":12345678901234567890}")));

    assertThat(facts.text("/a/b/1/c")).isEqualTo("x");
    assertThat(facts.number("/a/b/0")).isEqualTo(1);
    assertThat(facts.number("/m~0n~1o")).isEqualTo(2);
    assertThat(facts.number("/")).isEqualTo(3);
    assertThat(facts.argument("/a/b/01")).isNull();
    assertThat(facts.argument("/a/b/2")).isNull();
    assertThat(facts.argument("/none/below")).isNull();
    assertThat(facts.number("/a") > 0).isFalse();
    assertThatThrownBy(() -> facts.argument("a")).hasMessageContaining("begins with a slash");
  }

  @Test
  void aNumberIsADoubleOrHasEveryDigit() {
    CallFacts facts =
        facts(ToolCall.of("t", ToolArguments.ofJson("{\"a\":99.99999999999999999,\"b\":\"1\"}")));

    assertThat(facts.number("/a")).isEqualTo(100.0);
    assertThat(facts.decimal("/a")).isEqualByComparingTo("99.99999999999999999");
    assertThat(facts.decimal("/b")).isNull();
    assertThat(facts.decimal("/none")).isNull();
  }

  private static CallFacts facts(ToolCall call) {
    return new CallFacts(
        new ToolClassifier(List.of()).classify(call, Origin.API),
        new CallFacts.Situation(Agent.named("a"), null, Origin.API, "s", SessionFolders.NONE),
        () -> java.time.Instant.EPOCH,
        io.governor.detect.Detectors.builtIn(),
        null);
  }

  private static Rule rule(String id, Verdict effect, Mode mode) {
    RuleBuilder builder = Rule.named(id).mode(mode);
    return switch (effect) {
      case WARN -> builder.warn();
      case ASK -> builder.ask();
      case DENY -> builder.deny();
      case REDACT -> builder.redactArguments(old -> ToolArguments.of(java.util.Map.of("r", 1)));
      case ALLOW -> throw new IllegalArgumentException();
    };
  }

  private static Decision decide(TraceSink trace, List<Rule> rules) {
    try (Governor governor =
            Governor.builder().trace(trace).rules(rules.toArray(Rule[]::new)).build();
        GovernedSession session = governor.session().open()) {
      return session.before(CALL);
    }
  }

  private static TraceEvent scope(Sinks.Recording trace) {
    return trace.events().stream()
        .filter(event -> event.type().equals(EventType.SCOPE_ASSERTED))
        .findFirst()
        .orElseThrow();
  }
}
