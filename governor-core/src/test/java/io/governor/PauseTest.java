package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import io.governor.pause.PausedSession;
import io.governor.pause.PausedSessions;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A session that is paused makes no calls until it is released. */
class PauseTest {

  private final List<TraceEvent> events = new ArrayList<>();

  @Test
  void aPausedSessionRefusesEveryCallUntilItIsReleased() {
    try (Governor governor = governor(null);
        GovernedSession session = governor.session().id("s-1").open()) {
      session.pause();

      Decision refused = session.before(call("crm.read"));

      assertThat(session.paused()).isTrue();
      assertThat(refused.action()).isEqualTo(Action.REFUSE);
      assertThat(refused.violations()).contains("GOV-005");
      assertThat(refused.message())
          .isEqualTo(
              "Refused by rule GOV-005. The session is paused by an operator. Make no further"
                  + " calls; a person has to release it with governor sessions release s-1.");
      session.release();
      assertThat(session.paused()).isFalse();
      assertThat(session.before(call("crm.read")).action()).isEqualTo(Action.PROCEED);
    }
  }

  @Test
  void theReleaseIsToldByTheNextEventAndByNoFurther() {
    try (Governor governor = governor(null);
        GovernedSession session = governor.session().id("s-1").open()) {
      session.pause();
      session.before(call("crm.read"));
      governor.release("s-1");
      session.before(call("crm.read"));
      session.before(call("crm.read"));

      assertThat(events.stream().map(TraceEvent::governor).map(PauseTest::released))
          .containsExactly(false, false, false, true, false);
    }
  }

  @Test
  void anOperatorsPauseIsActedOnInAPolicyThatOnlyObserves() {
    Policy observing = Policy.named("p").build();
    try (Governor governor = governor(observing);
        GovernedSession session = governor.session().id("s-1").open()) {
      governor.pause("s-1");

      assertThat(session.before(call("crm.read")).refused()).isTrue();
    }
  }

  @Test
  void aPolicyThatNamesItSaysHowFarAPauseReaches() {
    Policy observing = Policy.named("p").standard("GOV-005", Mode.OBSERVE).build();
    try (Governor governor = governor(observing);
        GovernedSession session = governor.session().id("s-1").open()) {
      governor.pause("s-1");
      Decision decision = session.before(call("crm.read"));

      assertThat(decision.refused()).isFalse();
      assertThat(decision.violations()).contains("GOV-005");
    }
  }

  @Test
  void aPauseHoldsForTheSessionsOfOneIdAndNoOther() {
    try (Governor governor = governor(null);
        GovernedSession session = governor.session().id("s-1").open();
        GovernedSession other = governor.session().id("S-1").open()) {
      governor.pause("s-1");

      assertThat(session.before(call("crm.read")).refused()).isTrue();
      assertThat(other.before(call("crm.read")).refused()).isFalse();
    }
  }

  @Test
  void aSessionThatHasNotBegunIsPausedFromItsFirstCall() {
    try (Governor governor = governor(null)) {
      governor.pause("s-1");
      try (GovernedSession session = governor.session().id("s-1").open()) {
        assertThat(session.before(call("crm.read")).refused()).isTrue();
      }
    }
  }

  @Test
  void theResultOfACallThatWasLetThroughBeforeThePauseIsJudgedAsEver() {
    try (Governor governor = governor(null);
        GovernedSession session = governor.session().id("s-1").open()) {
      Decision running = session.before(call("crm.read"));
      session.pause();

      Decision result = session.after(running.call(), ToolResult.ofText("a customer"));

      assertThat(result.refused()).isFalse();
      assertThat(result.violations()).doesNotContain("GOV-005");
    }
  }

  @Test
  void aQuestionThatIsOpenWhenThePauseComesIsAnsweredInVain() {
    Rule asks = Rule.named("ACME-101").tools("refund.*").mode(Mode.ENFORCE).ask();
    List<Governor> mine = new ArrayList<>();
    Approver approver =
        request -> {
          mine.get(0).pause("s-1");
          return CompletableFuture.completedFuture(request.allow());
        };
    try (Governor governor =
            Governor.builder()
                .trace(events::add)
                .rules(asks)
                .approver(approver, Duration.ofMinutes(1))
                .build();
        GovernedSession session = governor.session().id("s-1").open()) {
      mine.add(governor);

      Decision decision = session.before(call("refund.create"));

      assertThat(decision.refused()).isTrue();
      assertThat(decision.message()).startsWith("Refused by rule GOV-005.");
    }
  }

  @Test
  void aRememberedDecisionIsNotServedAcrossAPause() {
    Policy policy =
        Policy.named("p")
            .mode(Mode.ENFORCE)
            .rule(PolicyRule.named("ACME-101").tools("crm.*").warn())
            .build();
    try (Governor governor =
            Governor.builder().trace(events::add).policy(policy).cache(10).build();
        GovernedSession session = governor.session().id("s-1").open()) {
      assertThat(session.before(call("crm.read")).refused()).isFalse();
      session.pause();
      assertThat(session.before(call("crm.read")).refused()).isTrue();
      session.release();
      assertThat(session.before(call("crm.read")).refused()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("io.governor.pause.HostileIds#all")
  void anIdThatIsNoPlainTextIsNotPutBeforeTheModel(String id) {
    try (Governor governor = governor(null);
        GovernedSession session = governor.session().id(id).open()) {
      session.pause();
      Decision refused = session.before(call("crm.read"));

      assertThat(refused.refused()).isTrue();
      assertThat(refused.message().length()).isLessThan(300);
      assertThat(refused.message()).matches("[ -~]*").doesNotContain("/", "\\");
      session.release();
      assertThat(session.before(call("crm.read")).refused()).isFalse();
    }
  }

  @Test
  void aSessionMadeForOneRunTakesItsPauseAlongAndStaysRefused(@TempDir Path root)
      throws IOException {
    try (Governor governor = Governor.builder().stateRoot(root).build()) {
      GovernedSession session = governor.session().open();
      session.pause();
      assertThat(PausedSessions.below(root).names()).hasSize(1);
      session.close();

      assertThat(PausedSessions.below(root).names()).isEmpty();
      assertThat(session.before(call("crm.read")).refused()).isTrue();
    }
  }

  @Test
  void anotherGovernorOfTheStateRootSeesAPauseAfterATenthOfASecond(@TempDir Path root) {
    AtomicLong nanos = new AtomicLong();
    try (Governor one = Governor.builder().stateRoot(root).build();
        Governor two = Governor.builder().stateRoot(root).nanoTime(nanos::get).build();
        GovernedSession session = two.session().id("s-1").open()) {
      assertThat(session.before(call("crm.read")).refused()).isFalse();
      one.pause("s-1");
      assertThat(session.before(call("crm.read")).refused()).isFalse();
      nanos.addAndGet(Pauses.PERIOD.toNanos());
      assertThat(session.before(call("crm.read")).refused()).isTrue();
      one.release("s-1");
      nanos.addAndGet(Pauses.PERIOD.toNanos());
      assertThat(session.before(call("crm.read")).refused()).isFalse();
    }
  }

  @Test
  void aGovernorNamesThePausedSessionsOfItsStateRootWhoeverPausedThem(@TempDir Path root)
      throws IOException {
    PausedSessions.below(root).pause("s-2", PausedSession.OPERATOR, Instant.EPOCH, null);
    try (Governor governor = Governor.builder().stateRoot(root).nanoTime(() -> 0).build()) {
      governor.pause("s-1");
      assertThat(governor.pausedSessions()).containsExactly("s-1", "s-2");

      governor.release("s-2");
      assertThat(governor.pausedSessions()).containsExactly("s-1");
    }
  }

  @Test
  void whatCannotBeReadIsCountedAndWhatWasKnownStays(@TempDir Path root) throws IOException {
    AtomicLong nanos = new AtomicLong();
    Path folder = root.resolve("paused");
    try (Governor governor = Governor.builder().stateRoot(root).nanoTime(nanos::get).build();
        GovernedSession session = governor.session().id("s-1").open()) {
      session.pause();
      Files.move(folder, root.resolve("away"));
      Files.writeString(folder, "");
      nanos.addAndGet(Pauses.PERIOD.toNanos());

      assertThat(session.before(call("crm.read")).refused()).isTrue();
      assertThat(governor.health().pauseFailures()).isEqualTo(1);
      governor.release("s-1");
      assertThat(session.paused()).isTrue();
      assertThat(governor.health().pauseFailures()).isEqualTo(2);
      Files.delete(folder);
      governor.release("s-1");
      assertThat(session.paused()).isFalse();
    }
  }

  @Test
  void whatCannotBeKeptHoldsInThisGovernor(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("paused"), "");
    AtomicLong nanos = new AtomicLong();
    try (Governor governor = Governor.builder().stateRoot(root).nanoTime(nanos::get).build();
        GovernedSession session = governor.session().id("s-1").open()) {
      session.pause();
      Files.delete(root.resolve("paused"));
      nanos.addAndGet(Pauses.PERIOD.toNanos());

      assertThat(session.before(call("crm.read")).refused()).isTrue();
      assertThat(governor.health().pauseFailures()).isPositive();
      session.release();
      assertThat(session.before(call("crm.read")).refused()).isFalse();
    }
  }

  @Test
  void ofSixtyFourThreadsNoneIsLetThroughOnceThePauseReturned(@TempDir Path root)
      throws InterruptedException {
    AtomicBoolean paused = new AtomicBoolean();
    AtomicInteger before = new AtomicInteger();
    AtomicInteger late = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    try (Governor governor = Governor.builder().stateRoot(root).build();
        GovernedSession session = governor.session().id("s-1").open()) {
      for (int i = 0; i < 64; i++) {
        Thread thread =
            new Thread(
                () -> {
                  int mine = 0;
                  while (mine < 20) {
                    boolean begunAfter = paused.get();
                    boolean runs = !session.before(call("crm.read")).refused();
                    (runs ? (begunAfter ? late : before) : refused).incrementAndGet();
                    mine += begunAfter ? 1 : 0;
                  }
                });
        threads.add(thread);
        thread.start();
      }
      while (before.get() < 1000) {
        Thread.onSpinWait();
      }
      session.pause();
      paused.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(late).hasValue(0);
    assertThat(refused.get()).isGreaterThanOrEqualTo(64 * 20);
  }

  private static boolean released(GovernorMember member) {
    return member.change().released();
  }

  private Governor governor(Policy policy) {
    GovernorBuilder builder = Governor.builder().trace(events::add);
    return (policy == null ? builder : builder.policy(policy)).build();
  }

  private static ToolCall call(String tool) {
    return ToolCall.of(tool, ToolArguments.of(Map.of()));
  }
}
