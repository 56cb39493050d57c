package io.governor;

import static io.governor.ApprovalExamples.ASKS;
import static io.governor.ApprovalExamples.LONG;
import static io.governor.ApprovalExamples.REFUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import io.governor.policy.AgentEntry;
import io.governor.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens in the same moment happens in some order, and never half. */
@Timeout(120)
class ApprovalRacesTest {

  private final Sinks.Recording trace = new Sinks.Recording();
  private final OpenDesk desk = new OpenDesk();
  private final long seed = Long.getLong("governor.seed", System.nanoTime());

  private static Rule upTo(int calls) {
    return Rule.named("ACME-103")
        .tools("refund.*")
        .limit(new CallLimit(calls, Duration.ofHours(1), CallLimit.Scope.SESSION))
        .mode(Mode.ENFORCE)
        .deny();
  }

  private long recordedAsRun() {
    return trace.events().stream()
        .filter(event -> event.payload() instanceof ScopeAsserted)
        .filter(TraceEvent::passThrough)
        .count();
  }

  private static Decision of(CompletableFuture<Decision> decision) throws Exception {
    return decision.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aYesAtTheMomentOfTheTimeOutRunsOrIsRefusedAndIsOnRecordAsIs() throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int ran = 0;
    try (Governor governor =
            Governor.builder()
                .trace(trace)
                .rules(ASKS)
                .approver(desk, Duration.ofMillis(2))
                .build();
        GovernedSession session = governor.session().open()) {
      for (int round = 0; round < 300; round++) {
        CompletableFuture<Decision> decision = session.beforeAsync(REFUND).toCompletableFuture();
        OpenDesk.Open question = desk.next();
        LockSupport.parkNanos(1_000_000 + random.nextInt(1_200_000));
        question.allow();
        Decision decided = of(decision);
        if (decided.refused()) {
          assertThat(decided.message()).endsWith("and nobody answered in time.");
        } else {
          ran++;
        }
      }
    }
    assertThat(recordedAsRun()).as("seed %d", seed).isEqualTo(ran);
  }

  @Test
  void whateverBecomesOfQuestionsALimitIsUsedUpByCallsThatRanAlone() throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    int limit = 60;
    int ran = 0;
    try (Governor governor =
            Governor.builder()
                .trace(trace)
                .rules(ASKS, upTo(limit))
                .approver(desk, Duration.ofMillis(50))
                .build();
        GovernedSession session = governor.session().open()) {
      for (int round = 0; round < 15; round++) {
        List<CompletableFuture<Decision>> asked = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          asked.add(
              CompletableFuture.supplyAsync(() -> session.beforeAsync(REFUND))
                  .thenCompose(decision -> decision));
        }
        answerSomehow(random, asked);
        for (CompletableFuture<Decision> each : asked) {
          ran += of(each).refused() ? 0 : 1;
        }
      }
      ran += untilRefusedByTheLimit(session);
    }
    assertThat(ran).as("seed %d", seed).isEqualTo(limit);
    assertThat(recordedAsRun()).isEqualTo(limit);
  }

  /** A quarter times out. */
  private void answerSomehow(SplittableRandom random, List<CompletableFuture<Decision>> asked)
      throws InterruptedException {
    while (asked.stream().anyMatch(each -> !each.isDone())) {
      if (desk.isEmpty()) {
        Thread.onSpinWait();
        continue;
      }
      OpenDesk.Open question = desk.next();
      switch (random.nextInt(4)) {
        case 0 -> question.deny();
        case 1, 2 -> ForkJoinPool.commonPool().execute(question::allow);
        default -> {
          // Nobody answers.
        }
      }
    }
  }

  private int untilRefusedByTheLimit(GovernedSession session) throws Exception {
    int ran = 0;
    while (true) {
      CompletableFuture<Decision> decision = session.beforeAsync(REFUND).toCompletableFuture();
      while (!decision.isDone()) {
        if (!desk.isEmpty()) {
          desk.next().allow();
        }
      }
      if (of(decision).message().contains("ACME-103")) {
        return ran;
      }
      ran += of(decision).refused() ? 0 : 1;
    }
  }

  private static Policy policy(int revision, List<AgentEntry> agents) {
    return new Policy(
        "acme",
        revision,
        Mode.ENFORCE,
        Map.of(),
        List.of(),
        false,
        agents,
        List.of(),
        null,
        List.of());
  }

  @Test
  void aPolicyThatIsPutInForceWhileTheAnswerArrivesDecidesAsAWholeOrNotAtAll() throws Exception {
    Policy asks = policy(1, List.of());
    Policy denies = policy(2, List.of(new AgentEntry("*", null, List.of("refund.*"))));
    AtomicBoolean over = new AtomicBoolean();
    try (Governor governor =
            Governor.builder().trace(trace).rules(ASKS).policy(asks).approver(desk, LONG).build();
        GovernedSession session = governor.session().open()) {
      Thread reloads =
          new Thread(
              () -> {
                while (!over.get()) {
                  governor.reload(denies);
                  governor.reload(asks);
                }
              });
      reloads.start();
      try {
        for (int round = 0; round < 400; round++) {
          CompletableFuture<Decision> decision = session.beforeAsync(REFUND).toCompletableFuture();
          while (!decision.isDone()) {
            if (!desk.isEmpty()) {
              desk.next().allow();
            }
          }
          Decision decided = of(decision);
          assertThat(decided.refused())
              .isEqualTo(Objects.requireNonNull(decided.policy()).revision() == 2);
        }
      } finally {
        over.set(true);
        reloads.join();
      }
    }
  }

  @Test
  void aYesWhileTheGovernorClosesRunsOrIsRefusedAndIsOnRecordAsIs() throws Exception {
    for (int round = 0; round < 40; round++) {
      long before = recordedAsRun();
      Governor governor = Governor.builder().trace(trace).rules(ASKS).approver(desk, LONG).build();
      GovernedSession session = governor.session().open();
      List<CompletableFuture<Decision>> asked = new ArrayList<>();
      List<OpenDesk.Open> questions = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        asked.add(session.beforeAsync(REFUND).toCompletableFuture());
        questions.add(desk.next());
      }
      CompletableFuture<Void> answers =
          CompletableFuture.runAsync(() -> questions.forEach(OpenDesk.Open::allow));
      governor.close();
      answers.get(30, TimeUnit.SECONDS);

      int ran = 0;
      for (CompletableFuture<Decision> each : asked) {
        Decision decided = of(each);
        ran += decided.refused() ? 0 : 1;
        assertThat(decided.message())
            .matches(
                message -> message.isEmpty() || message.endsWith("and the governor was closed."));
      }
      assertThat(recordedAsRun() - before).isEqualTo(ran);
    }
  }
}
