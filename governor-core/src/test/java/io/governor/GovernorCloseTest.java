package io.governor;

import static io.governor.ApprovalExamples.LONG;
import static io.governor.ApprovalExamples.REFUND;
import static io.governor.ApprovalExamples.governor;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing a governor while people are asked. */
@Timeout(60)
class GovernorCloseTest {

  private static final String CLOSED =
      "Refused: rule ACME-101 needs a person's approval, and the governor was closed.";

  private final Sinks.Recording trace = new Sinks.Recording();
  private final OpenDesk desk = new OpenDesk();
  private final AtomicReference<Governor> closing = new AtomicReference<>();

  private static Decision of(CompletionStage<Decision> decision) throws Exception {
    return decision.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private List<TraceEvent> scopes() {
    return trace.events().stream()
        .filter(event -> event.payload() instanceof ScopeAsserted)
        .toList();
  }

  @Test
  void whoWaitsForAPersonIsRefusedAtOnceAndOnRecord() throws Exception {
    Governor governor = governor(desk, LONG).trace(trace).build();
    GovernedSession session = governor.session().open();
    CompletableFuture<Decision> waiting =
        CompletableFuture.supplyAsync(() -> session.before(REFUND));
    CompletionStage<Decision> later = session.beforeAsync(REFUND);
    List<OpenDesk.Open> questions = List.of(desk.next(), desk.next());

    governor.close();

    assertThat(of(waiting).message()).isEqualTo(CLOSED);
    assertThat(of(later).message()).isEqualTo(CLOSED);
    assertThat(scopes()).hasSize(2).noneMatch(TraceEvent::passThrough);
    questions.forEach(
        question -> {
          assertThat(question.takenBack()).isInstanceOf(GovernorClosedException.class);
          question.allow();
        });
    assertThat(scopes()).hasSize(2);
  }

  @Test
  void whoComesLaterIsRefusedAndNobodyIsAsked() throws Exception {
    Governor governor = governor(desk, LONG).build();
    GovernedSession session = governor.session().open();
    governor.close();
    governor.close();

    assertThat(session.before(REFUND).message()).isEqualTo(CLOSED);
    assertThat(of(session.beforeAsync(REFUND)).message()).isEqualTo(CLOSED);
    assertThat(desk.isEmpty()).isTrue();
  }

  @Test
  void manyMayCloseAtOnceWhileOthersAsk() throws Exception {
    for (int round = 0; round < 20; round++) {
      Governor governor = governor(desk, LONG).build();
      GovernedSession session = governor.session().open();
      List<CompletableFuture<Decision>> asked = new ArrayList<>();
      List<CompletableFuture<Void>> closes = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        asked.add(
            CompletableFuture.supplyAsync(() -> session.beforeAsync(REFUND))
                .thenCompose(decision -> decision));
        if (i % 3 == 0) {
          closes.add(CompletableFuture.runAsync(governor::close));
        }
      }
      for (CompletableFuture<Void> close : closes) {
        close.get(30, TimeUnit.SECONDS);
      }
      for (CompletableFuture<Decision> each : asked) {
        assertThat(of(each).message()).isEqualTo(CLOSED);
      }
    }
  }

  private Governor closedBy(Approver approver) {
    Governor governor = governor(approver, LONG).trace(trace).build();
    closing.set(governor);
    return governor;
  }

  @ParameterizedTest(name = "answers: {0}")
  @ValueSource(booleans = {true, false})
  void anApproverMayCloseTheGovernorInTheThreadThatAsks(boolean answers) {
    Governor governor =
        closedBy(
            request -> {
              closing.get().close();
              return answers
                  ? CompletableFuture.completedFuture(request.allow())
                  : new CompletableFuture<>();
            });
    assertThat(governor.session().open().before(REFUND).message()).isEqualTo(CLOSED);
  }

  /**
   * Closing takes the approver's own question back, which interrupts it in the middle of closing:
   * once in a few runs the refusal was lost.
   */
  @RepeatedTest(20)
  void anApproverMayCloseTheGovernorInAThreadOfItsOwn() {
    Governor governor =
        closedBy(
            Approver.blocking(
                request -> {
                  closing.get().close();
                  return true;
                }));
    assertThat(governor.session().open().before(REFUND).message()).isEqualTo(CLOSED);
    assertThat(scopes()).hasSize(1);
  }

  @Test
  void whoLearnsOfADecisionMayCloseTheGovernor() throws Exception {
    Governor governor = closedBy(desk);
    CompletionStage<Decision> decision = governor.session().open().beforeAsync(REFUND);
    CompletableFuture<Void> closed =
        decision.thenAccept(decided -> governor.close()).toCompletableFuture();
    desk.next().allow();

    closed.get(30, TimeUnit.SECONDS);
    assertThat(of(decision).action()).isEqualTo(Action.PROCEED);
    assertThat(scopes()).hasSize(1).allMatch(TraceEvent::passThrough);
  }

  /** What a host hangs on its stage runs when nobody waits any more, and may be stuck. */
  @Test
  void anApproverThatHangsWhenItIsToldHoldsUpNeitherTimeOutsNorClosing() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    Approver hanging =
        request -> {
          CompletableFuture<Approval> answer = new CompletableFuture<>();
          CompletionStage<Approval> stage = answer;
          stage.whenComplete((approval, failure) -> await(stuck));
          return answer;
        };
    Governor closes = governor(hanging, LONG).build();
    try (Governor times = governor(hanging, Duration.ofMillis(20)).build()) {
      GovernedSession session = times.session().open();
      for (int i = 0; i < 12; i++) {
        assertThat(session.before(REFUND).message()).endsWith("and nobody answered in time.");
      }
      CompletionStage<Decision> decision = closes.session().open().beforeAsync(REFUND);
      closes.close();
      assertThat(of(decision).message()).isEqualTo(CLOSED);
    } finally {
      stuck.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException e) {
        // This one cannot be told.
      }
    }
  }

  @Test
  void aHostThatCancelsTakesTheQuestionBack() throws Exception {
    try (Governor governor = governor(desk, LONG).trace(trace).build();
        GovernedSession session = governor.session().open()) {
      CompletableFuture<Decision> decision = session.beforeAsync(REFUND).toCompletableFuture();
      OpenDesk.Open question = desk.next();
      decision.cancel(true);
      assertThat(question.takenBack()).isNotInstanceOf(GovernorClosedException.class);
    }
    assertThat(scopes()).isEmpty();
  }

  @Test
  void anApproverThatIgnoresInterruptsKeepsNeitherClosingNorTheProcessFromEnding()
      throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Stubborn.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(CLOSED);
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Closes its governor while somebody is asked who never answers. */
  static final class Stubborn {
    private Stubborn() {}

    public static void main(String[] args) throws Exception {
      CountDownLatch asked = new CountDownLatch(1);
      Approver stubborn =
          Approver.blocking(
              request -> {
                asked.countDown();
                GovernorCloseTest.await(new CountDownLatch(1));
                return true;
              });
      Governor governor = governor(stubborn, LONG).build();
      CompletionStage<Decision> decision = governor.session().open().beforeAsync(REFUND);
      asked.await();
      governor.close();
      System.out.print(of(decision).message());
    }
  }
}
