package io.governor;

import static io.governor.ApprovalExamples.LONG;
import static io.governor.ApprovalExamples.REFUND;
import static io.governor.ApprovalExamples.SHORT;
import static io.governor.ApprovalExamples.governor;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Approvers that answer in the thread that asks them. */
@Timeout(60)
class BlockingApproverTest {

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
