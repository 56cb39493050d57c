package io.governor;

import static io.governor.ApprovalExamples.ASKS;
import static io.governor.ApprovalExamples.LONG;
import static io.governor.ApprovalExamples.REFUND;
import static io.governor.ApprovalExamples.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.EventType;
import io.governor.event.GovernorMember.Asked;
import io.governor.event.TraceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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

  private final Sinks.Recording trace = new Sinks.Recording();

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
  void whoeverMadeTheCallIsAskedInThePlaceOfTheApproverAndTheRecordSaysWhoAnswered()
      throws Exception {
    Approver nobody =
        request -> {
          throw new IllegalStateException("must not be asked");
        };
    List<Approver> callers =
        List.of(
            request -> done(new Approval(true, request.digest(), "client")),
            request -> done(new Approval(false, request.digest(), "client")),
            request -> done(request.allow()),
            request -> done(new Approval(true, "0".repeat(64), "client")),
            request -> done(null));
    try (StandardError err = StandardError.capture();
        Governor governor = governor(nobody, LONG).build();
        GovernedSession session = governor.session().open()) {
      for (Approver caller : callers) {
        session.beforeAsync(REFUND, caller).toCompletableFuture().get(30, TimeUnit.SECONDS);
      }
      assertThat(err.lines()).noneMatch(line -> line.contains("must not be asked"));
    }
    assertThat(scopes())
        .extracting(event -> Objects.requireNonNull(event.governor()).asked())
        .containsExactly(
            new Asked("client", true),
            new Asked("client", false),
            new Asked("approver", true),
            new Asked("client", false),
            new Asked(null, false));
  }

  @Test
  void aGovernorWithoutAnApproverAsksNobody() throws Exception {
    try (Governor governor = Governor.builder().trace(trace).rules(ASKS).build();
        GovernedSession session = governor.session().open()) {
      Decision decision =
          session
              .beforeAsync(REFUND, request -> done(request.allow()))
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);

      assertThat(decision.refused()).isTrue();
    }
    assertThat(Objects.requireNonNull(scopes().get(0).governor()).asked()).isNull();
  }

  @Test
  void anInterruptedWaitIsANoTakesTheQuestionBackAndKeepsTheFlag() throws Exception {
    OpenDesk desk = new OpenDesk();
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
      OpenDesk.Open question = desk.next();
      caller.interrupt();
      caller.join();

      assertThat(Objects.requireNonNull(decided.get()).refused()).isTrue();
      assertThat(decided.get().message()).endsWith("and the wait for it was interrupted.");
      assertThat(flag).isTrue();
      question.takenBack();
    }
  }

  @Test
  void aQuestionThatTimedOutIsTakenBackAndALateYesChangesNothing() throws Exception {
    OpenDesk desk = new OpenDesk();
    try (Governor governor = governor(desk, SHORT).build();
        GovernedSession session = governor.session().open()) {
      Decision decision = session.before(REFUND);
      OpenDesk.Open question = desk.next();

      question.takenBack();
      question.allow();
      assertThat(decision.refused()).isTrue();
    }
    assertThat(scopes()).hasSize(1);
  }

  @Test
  void nobodyIsAskedWhereARuleOnlyObserves() {
    OpenDesk desk = new OpenDesk();
    Rule observes = Rule.named("ACME-102").tools("refund.*").mode(Mode.OBSERVE).ask();
    try (Governor governor =
            Governor.builder().trace(trace).rules(observes).approver(desk, LONG).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(REFUND).action()).isEqualTo(Action.PROCEED);
    }
    assertThat(desk.isEmpty()).isTrue();
  }

  @Test
  void nobodyIsAskedAboutACallThatIsDeniedAnyway() {
    OpenDesk desk = new OpenDesk();
    Rule denies = Rule.named("ACME-102").tools("refund.*").mode(Mode.ENFORCE).deny();
    try (Governor governor = governor(desk, LONG).rules(denies).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(REFUND).refused()).isTrue();
    }
    assertThat(desk.isEmpty()).isTrue();
  }

  @Test
  void aHostThatAsksItsOwnUserGetsTheQuestion() {
    OpenDesk desk = new OpenDesk();
    try (Governor governor = governor(desk, LONG).build();
        GovernedSession session = governor.session().hostAsks().open()) {
      assertThat(session.before(REFUND).action()).isEqualTo(Action.ASK);
    }
    assertThat(desk.isEmpty()).isTrue();
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

  @Test
  void aLimitIsConsumedByTheYesAndNotByTheQuestion() throws Exception {
    OpenDesk desk = new OpenDesk();
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
      List<OpenDesk.Open> questions = List.of(desk.next(), desk.next(), desk.next());

      questions.get(0).deny();
      assertThat(first.get(30, TimeUnit.SECONDS).message()).contains("a person said no");
      questions.get(1).allow();
      assertThat(second.get(30, TimeUnit.SECONDS).action()).isEqualTo(Action.PROCEED);
      questions.get(2).allow();
      assertThat(third.get(30, TimeUnit.SECONDS).message()).contains("ACME-103");
      assertThat(session.before(REFUND).message()).contains("ACME-103");
    }
    assertThat(desk.isEmpty()).isTrue();
  }

  @Test
  void otherCallsOfTheSessionGoOnMeanwhileAndNothingIsRecordedOfTheOneThatWaits() throws Exception {
    OpenDesk desk = new OpenDesk();
    try (Governor governor = governor(desk, LONG).build();
        GovernedSession session = governor.session().open()) {
      CompletableFuture<Decision> waiting =
          CompletableFuture.supplyAsync(() -> session.before(REFUND));
      OpenDesk.Open question = desk.next();
      session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
      assertThat(tools()).containsExactly("crm.lookup");

      question.allow();
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
    OpenDesk desk = new OpenDesk();
    try (Governor governor = governor(desk, LONG).build();
        GovernedSession session = governor.session().open()) {
      List<CompletableFuture<Decision>> round = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ToolCall call =
            ToolCall.of("refund.create", ToolArguments.of(Map.of("amount", i))).withId("c-" + i);
        round.add(
            CompletableFuture.supplyAsync(() -> session.beforeAsync(call)).thenCompose(s -> s));
      }
      List<OpenDesk.Open> questions = new ArrayList<>();
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
}
