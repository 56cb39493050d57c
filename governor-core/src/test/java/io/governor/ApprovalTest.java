package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import io.governor.policy.AgentEntry;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a call that a person is asked about. */
@Timeout(60)
class ApprovalTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final ToolCall REFUND =
      ToolCall.of("refund.create", ToolArguments.ofJson("{\"amount\": 900}"));
  private static final Rule ASKS =
      Rule.named("ACME-101")
          .tools("refund.*")
          .mode(Mode.ENFORCE)
          .reason("Refunds need a person.")
          .ask();

  private final Sinks.Recording trace = new Sinks.Recording();

  /** Keeps the questions open until the test answers. */
  private static final class Desk implements Approver {
    private record Open(ApprovalRequest request, CompletableFuture<Approval> answer) {}

    private final BlockingQueue<Open> open = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<Approval> ask(ApprovalRequest request) {
      Open question = new Open(request, new CompletableFuture<>());
      open.add(question);
      return question.answer();
    }

    Open next() throws InterruptedException {
      return Objects.requireNonNull(open.poll(30, TimeUnit.SECONDS), "nobody was asked");
    }
  }

  private GovernorBuilder governor(Approver approver, Duration timeout) {
    return Governor.builder().trace(trace).rules(ASKS).approver(approver, timeout);
  }

  private List<TraceEvent> scopes() {
    return trace.events().stream()
        .filter(event -> event.payload() instanceof ScopeAsserted)
        .toList();
  }

  static Stream<Arguments> answers() {
    String refused = "Refused: rule ACME-101 needs a person's approval, and ";
    return Stream.of(
        answered("yes", LONG, request -> done(request.allow()), ""),
        answered("no", LONG, request -> done(request.deny()), refused + "a person said no."),
        answered(
            "none",
            SHORT,
            request -> new CompletableFuture<>(),
            refused + "nobody answered in time."),
        answered(
            "after the time that the question itself took",
            SHORT,
            request -> {
              java.util.concurrent.locks.LockSupport.parkNanos(2 * SHORT.toNanos());
              return done(request.allow());
            },
            refused + "nobody answered in time."),
        answered(
            "too late for the approver itself",
            LONG,
            request -> CompletableFuture.failedFuture(new java.util.concurrent.TimeoutException()),
            refused + "nobody answered in time."),
        answered(
            "an exception",
            LONG,
            request -> {
              throw new IllegalStateException("canary-value");
            },
            refused + "nobody could be asked."),
        answered(
            "an error",
            LONG,
            request -> {
              throw new StackOverflowError();
            },
            refused + "nobody could be asked."),
        answered(
            "a stage that fails",
            LONG,
            request -> CompletableFuture.failedFuture(new java.io.IOException("canary-value")),
            refused + "nobody could be asked."),
        answered(
            "a stage of null", LONG, request -> done(null), refused + "nobody could be asked."),
        answered("null", LONG, request -> null, refused + "nobody could be asked."),
        answered(
            "a stage that was cancelled",
            LONG,
            request -> cancelled(),
            refused + "nobody could be asked."),
        answered(
            "yes to other arguments",
            LONG,
            request -> done(new Approval(true, "0".repeat(64))),
            refused + "the answer was for other arguments."),
        answered(
            "yes to nothing",
            LONG,
            request -> done(new Approval(true, null)),
            refused + "the answer was for other arguments."));
  }

  private static Arguments answered(
      String name, Duration timeout, Approver approver, String message) {
    return Arguments.of(name, timeout, approver, message);
  }

  private static CompletableFuture<Approval> done(@Nullable Approval approval) {
    return CompletableFuture.completedFuture(approval);
  }

  private static CompletableFuture<Approval> cancelled() {
    CompletableFuture<Approval> answer = new CompletableFuture<>();
    answer.cancel(false);
    return answer;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void onlyAYesToTheseArgumentsLetsTheCallRun(
      String name, Duration timeout, Approver approver, String message) {
    try (StandardError err = StandardError.capture();
        Governor governor = governor(approver, timeout).build();
        GovernedSession session = governor.session().open()) {
      Decision decision = session.before(REFUND);

      assertThat(decision.action()).isEqualTo(message.isEmpty() ? Action.PROCEED : Action.REFUSE);
      assertThat(decision.message()).isEqualTo(message);
      assertThat(decision.verdict()).isEqualTo(Verdict.ASK);
      assertThat(err.lines()).noneMatch(line -> line.contains("canary"));
    }
    assertThat(scopes()).hasSize(1);
    assertThat(scopes().get(0).passThrough()).isEqualTo(message.isEmpty());
    assertThat(scopes().get(0).violations()).contains("ACME-101");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void theSameHoldsWithoutAThreadThatWaits(
      String name, Duration timeout, Approver approver, String message) throws Exception {
    try (StandardError err = StandardError.capture();
        Governor governor = governor(approver, timeout).build();
        GovernedSession session = governor.session().open()) {
      Decision decision =
          session.beforeAsync(REFUND).toCompletableFuture().get(30, TimeUnit.SECONDS);

      assertThat(decision.action()).isEqualTo(message.isEmpty() ? Action.PROCEED : Action.REFUSE);
      assertThat(decision.message()).isEqualTo(message);
      assertThat(err.lines()).noneMatch(line -> line.contains("canary"));
    }
    assertThat(scopes()).hasSize(1);
    assertThat(scopes().get(0).passThrough()).isEqualTo(message.isEmpty());
  }

  @Test
  void theRequestSaysWhoAsksWhatAndWhyAndShowsNoValues() throws Exception {
    Desk desk = new Desk();
    try (Governor governor = governor(desk, LONG).agent(Agent.named("bot")).build();
        GovernedSession session = governor.session().id("s-1").open()) {
      session.beforeAsync(REFUND);

      ApprovalRequest request = desk.next().request();
      assertThat(request.agent().id()).isEqualTo("bot");
      assertThat(request.sessionId()).isEqualTo("s-1");
      assertThat(request.timeout()).isEqualTo(LONG);
      assertThat(request.rules())
          .extracting(RuleHit::reason)
          .containsOnly("Refunds need a person.");
      assertThat(request.call().arguments().asMap()).containsEntry("amount", 900L);
      assertThat(request.toString()).contains("refund.create").doesNotContain("900");
    }
  }

  /** Else an answer could be carried from one call to another. */
  @Test
  void theDigestIsOfAgentToolAndArgumentsAndOfNothingElse() throws Exception {
    String refund = digest("bot", "refund.create", "{\"a\": 1, \"b\": \"x\"}");

    assertThat(refund).matches("[0-9a-f]{64}");
    assertThat(digest("bot", "refund.create", "{\"b\":\"\\u0078\",\"a\":1}")).isEqualTo(refund);
    assertThat(
            Stream.of(
                digest("bot2", "refund.create", "{\"a\": 1, \"b\": \"x\"}"),
                digest("bot", "refund.creat", "{\"a\": 1, \"b\": \"x\"}"),
                digest("bot", "refund.create", "{\"a\": 1.0, \"b\": \"x\"}"),
                digest("bot", "refund.create", "{\"a\": 1, \"b\": \"x\", \"c\": null}"),
                digest("bot", "refund.create", "{\"a\": 1, \"b\": \"x\""),
                digest("bot", "refund.create", null)))
        .doesNotContain(refund)
        .doesNotHaveDuplicates();
  }

  private static String digest(String agent, String tool, @Nullable String json) throws Exception {
    Desk desk = new Desk();
    try (Governor governor =
            Governor.builder()
                .trace(TraceSink.none())
                .rules(ASKS)
                .approver(desk, LONG)
                .agent(Agent.named(agent))
                .build();
        GovernedSession session = governor.session().open()) {
      session.beforeAsync(ToolCall.of(tool, ToolArguments.ofJson(json)));
      return desk.next().request().digest();
    }
  }

  @Test
  void argumentsThatAreNoJsonAreRefusedAndNotThrown() throws Exception {
    ToolCall call = ToolCall.of("refund.create", ToolArguments.of(Map.of("amount", new Object())));
    try (StandardError err = StandardError.capture();
        Governor governor = governor(request -> done(request.allow()), LONG).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(call).refused()).isTrue();
      assertThat(session.beforeAsync(call).toCompletableFuture().get(30, TimeUnit.SECONDS))
          .matches(Decision::refused);
      assertThat(err.lines()).anyMatch(line -> line.contains("the approver failed"));
    }
  }

  @Test
  void anInterruptedWaitIsANoTakesTheQuestionBackAndKeepsTheFlag() throws Exception {
    Desk desk = new Desk();
    AtomicReference<Decision> decided = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    try (Governor governor = governor(desk, LONG).build();
        GovernedSession session = governor.session().open()) {
      Thread caller =
          new Thread(
              () -> {
                decided.set(session.before(REFUND));
                flag.set(Thread.currentThread().isInterrupted());
              });
      caller.start();
      Desk.Open question = desk.next();
      caller.interrupt();
      caller.join();

      assertThat(Objects.requireNonNull(decided.get()).refused()).isTrue();
      assertThat(decided.get().message()).endsWith("and the wait for it was interrupted.");
      assertThat(flag).isTrue();
      assertThat(question.answer()).isCancelled();
    }
  }

  @Test
  void aQuestionThatTimedOutIsTakenBackAndALateYesChangesNothing() throws Exception {
    Desk desk = new Desk();
    try (Governor governor = governor(desk, SHORT).build();
        GovernedSession session = governor.session().open()) {
      Decision decision = session.before(REFUND);
      Desk.Open question = desk.next();

      assertThat(question.answer()).isCancelled();
      question.answer().complete(question.request().allow());
      assertThat(decision.refused()).isTrue();
    }
    assertThat(scopes()).hasSize(1);
  }

  @Test
  void nobodyIsAskedWhereARuleOnlyObserves() {
    Desk desk = new Desk();
    Rule observes = Rule.named("ACME-102").tools("refund.*").mode(Mode.OBSERVE).ask();
    try (Governor governor =
            Governor.builder().trace(trace).rules(observes).approver(desk, LONG).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(REFUND).action()).isEqualTo(Action.PROCEED);
    }
    assertThat(desk.open).isEmpty();
  }

  @Test
  void nobodyIsAskedAboutACallThatIsDeniedAnyway() {
    Desk desk = new Desk();
    Rule denies = Rule.named("ACME-102").tools("refund.*").mode(Mode.ENFORCE).deny();
    try (Governor governor = governor(desk, LONG).rules(denies).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(REFUND).refused()).isTrue();
    }
    assertThat(desk.open).isEmpty();
  }

  @Test
  void aHostThatAsksItsOwnUserGetsTheQuestion() {
    Desk desk = new Desk();
    try (Governor governor = governor(desk, LONG).build();
        GovernedSession session = governor.session().hostAsks().open()) {
      assertThat(session.before(REFUND).action()).isEqualTo(Action.ASK);
    }
    assertThat(desk.open).isEmpty();
  }

  @Test
  void withoutAnApproverACallThatNeedsOneIsRefused() {
    try (Governor governor = Governor.builder().trace(trace).rules(ASKS).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(REFUND).message())
          .isEqualTo(
              "Refused by rule ACME-101, which needs a person's approval; nobody could be asked."
                  + " Refunds need a person.");
    }
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(
            "a list that denies the tool",
            policy(List.of(new AgentEntry("*", null, List.of("refund.*"))), List.of()),
            "Refused by rule GOV-002. This agent may not use the tool. Use another tool, or ask the"
                + " operator to allow it."),
        Arguments.of(
            "a rule that denies",
            policy(List.of(), List.of(rule("ACME-201", Verdict.DENY))),
            "Refused by rule ACME-201."),
        Arguments.of(
            "a rule that asks as well",
            policy(List.of(), List.of(rule("ACME-202", Verdict.ASK))),
            "Refused: rule ACME-202 needs a person's approval as well by now, and the person was"
                + " not told of it."),
        Arguments.of(
            "a rule that warns", policy(List.of(), List.of(rule("ACME-203", Verdict.WARN))), ""));
  }

  private static Policy policy(List<AgentEntry> agents, List<PolicyRule> rules) {
    return new Policy(
        "acme", 2, Mode.ENFORCE, Map.of(), List.of(), false, agents, rules, null, List.of());
  }

  private static PolicyRule rule(String id, Verdict effect) {
    return new PolicyRule(
        RuleId.of(id),
        null,
        List.of(),
        List.of("refund.*"),
        null,
        null,
        effect,
        null,
        Rule.OnError.DENY,
        null,
        null,
        List.of(),
        false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void theAnswerIsJudgedByThePolicyThatIsInForceWhenItComes(
      String name, Policy changed, String message) throws Exception {
    Desk desk = new Desk();
    try (Governor governor = governor(desk, LONG).policy(policy(List.of(), List.of())).build();
        GovernedSession session = governor.session().open()) {
      CompletableFuture<Decision> decision = session.beforeAsync(REFUND).toCompletableFuture();
      Desk.Open question = desk.next();
      governor.reload(changed);
      question.answer().complete(question.request().allow());

      Decision decided = decision.get(30, TimeUnit.SECONDS);
      assertThat(decided.refused()).isEqualTo(!message.isEmpty());
      if (!message.isEmpty()) {
        assertThat(decided.message()).isEqualTo(message);
      }
      assertThat(Objects.requireNonNull(decided.policy()).revision()).isEqualTo(2);
    }
    assertThat(desk.open).isEmpty();
    assertThat(scopes()).hasSize(1);
  }

  @Test
  void aLimitIsConsumedByTheYesAndNotByTheQuestion() throws Exception {
    Desk desk = new Desk();
    Rule once =
        Rule.named("ACME-103")
            .tools("refund.*")
            .limit(new CallLimit(1, Duration.ofHours(1), CallLimit.Scope.SESSION))
            .mode(Mode.ENFORCE)
            .deny();
    try (Governor governor = governor(desk, LONG).rules(once).build();
        GovernedSession session = governor.session().open()) {
      CompletableFuture<Decision> first = session.beforeAsync(REFUND).toCompletableFuture();
      CompletableFuture<Decision> second = session.beforeAsync(REFUND).toCompletableFuture();
      CompletableFuture<Decision> third = session.beforeAsync(REFUND).toCompletableFuture();
      List<Desk.Open> questions = List.of(desk.next(), desk.next(), desk.next());

      questions.get(0).answer().complete(questions.get(0).request().deny());
      assertThat(first.get(30, TimeUnit.SECONDS).message()).contains("a person said no");
      questions.get(1).answer().complete(questions.get(1).request().allow());
      assertThat(second.get(30, TimeUnit.SECONDS).action()).isEqualTo(Action.PROCEED);
      questions.get(2).answer().complete(questions.get(2).request().allow());
      assertThat(third.get(30, TimeUnit.SECONDS).message()).contains("ACME-103");
      assertThat(session.before(REFUND).message()).contains("ACME-103");
    }
    assertThat(desk.open).isEmpty();
  }

  @Test
  void otherCallsOfTheSessionGoOnMeanwhileAndNothingIsRecordedOfTheOneThatWaits() throws Exception {
    Desk desk = new Desk();
    try (Governor governor = governor(desk, LONG).build();
        GovernedSession session = governor.session().open()) {
      CompletableFuture<Decision> waiting =
          CompletableFuture.supplyAsync(() -> session.before(REFUND));
      Desk.Open question = desk.next();
      session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
      assertThat(tools()).containsExactly("crm.lookup");

      question.answer().complete(question.request().allow());
      assertThat(waiting.get(30, TimeUnit.SECONDS).refused()).isFalse();
    }
    assertThat(tools()).containsExactly("crm.lookup", "refund.create");
    assertThat(trace.events().stream().map(TraceEvent::type))
        .containsExactly(
            EventType.AGENT_REGISTERED,
            EventType.INTENT_DECLARED,
            EventType.SCOPE_ASSERTED,
            EventType.SCOPE_ASSERTED);
  }

  private List<String> tools() {
    return scopes().stream().map(event -> ((ScopeAsserted) event.payload()).toolId()).toList();
  }

  @Test
  void callsOfOneRoundAreAskedAboutSideBySide() throws Exception {
    Desk desk = new Desk();
    try (Governor governor = governor(desk, LONG).build();
        GovernedSession session = governor.session().open()) {
      List<CompletableFuture<Decision>> round = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ToolCall call =
            ToolCall.of("refund.create", ToolArguments.of(Map.of("amount", i))).withId("c-" + i);
        round.add(
            CompletableFuture.supplyAsync(() -> session.beforeAsync(call)).thenCompose(s -> s));
      }
      List<Desk.Open> questions = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        questions.add(desk.next());
      }
      questions.forEach(
          open -> {
            int amount = (Integer) open.request().call().arguments().asMap().get("amount");
            open.answer()
                .complete(amount % 2 == 0 ? open.request().allow() : open.request().deny());
          });
      for (int i = 0; i < 20; i++) {
        Decision decision = round.get(i).get(30, TimeUnit.SECONDS);
        assertThat(decision.call().id()).isEqualTo("c-" + i);
        assertThat(decision.refused()).isEqualTo(i % 2 == 1);
      }
    }
    assertThat(scopes()).hasSize(20);
  }

  @Test
  void anApproverThatBlocksIsAskedInAThreadOfItsOwnAndInterruptedWhenNobodyWaits()
      throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Approver never =
        Approver.blocking(
            request -> {
              try {
                new CountDownLatch(1).await();
                return true;
              } catch (InterruptedException e) {
                interrupted.countDown();
                return true;
              }
            });
    try (Governor governor = governor(never, SHORT).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(REFUND).message()).endsWith("and nobody answered in time.");
      assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void anApproverThatBlocksMayAnswerAndMayThrow() {
    Approver approver =
        Approver.blocking(
            request -> {
              if (request.call().arguments().asMap().isEmpty()) {
                throw new IllegalStateException();
              }
              return request.call().arguments().asMap().get("amount").equals(900L);
            });
    try (StandardError err = StandardError.capture();
        Governor governor = governor(approver, LONG).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(REFUND).refused()).isFalse();
      ToolCall other = ToolCall.of("refund.create", ToolArguments.ofJson("{\"amount\": 901}"));
      assertThat(session.before(other).message()).endsWith("and a person said no.");
      ToolCall none = ToolCall.of("refund.create", ToolArguments.empty());
      assertThat(session.before(none).message()).endsWith("and nobody could be asked.");
      assertThat(err.lines()).anyMatch(line -> line.contains("the approver failed"));
    }
  }

  @Test
  void moreQuestionsThanAnApproverThatBlocksMayHaveAreRefusedAtOnce() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    Approver slow =
        Approver.blocking(
            request -> {
              try {
                return answer.await(30, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                return false;
              }
            });
    try (StandardError err = StandardError.capture();
        Governor governor = governor(slow, LONG).build();
        GovernedSession session = governor.session().open()) {
      List<CompletableFuture<Decision>> asked = new ArrayList<>();
      for (int i = 0; i < Approver.MOST_BLOCKED; i++) {
        asked.add(session.beforeAsync(REFUND).toCompletableFuture());
      }
      assertThat(session.before(REFUND).message()).endsWith("and nobody could be asked.");
      assertThat(err.lines()).anyMatch(line -> line.contains("the approver failed"));
      answer.countDown();
      for (CompletableFuture<Decision> each : asked) {
        assertThat(each.get(30, TimeUnit.SECONDS).refused()).isFalse();
      }
    }
  }
}
