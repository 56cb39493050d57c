package io.governor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions to the approver and makes of whatever comes back a yes or a no. Safe for use by
 * several threads.
 */
final class ApprovalDesk {

  private final Approver approver;
  private final Duration timeout;
  private final Health health;

  /**
   * Who is behind a question.
   *
   * @param agent who makes the call
   * @param sessionId the session it belongs to
   * @param time when it is asked
   */
  record Asker(Agent agent, String sessionId, Instant time) {}

  ApprovalDesk(Approver approver, Duration timeout, Health health) {
    this.approver = approver;
    this.timeout = timeout;
    this.health = health;
  }

  /** Asks; the stage always completes, and never exceptionally unless it is cancelled. */
  CompletableFuture<Consent> ask(Decision decision, Asker asker) {
    List<RuleHit> asking = ApprovalRequest.asking(decision);
    try {
      ApprovalRequest request = ApprovalRequest.of(decision, asker, timeout);
      long asked = System.nanoTime();
      CompletionStage<Approval> answer = approver.ask(request);
      // An approver that blocks in the question has used up the time for its answer.
      return consent(request, answer, timeout.minusNanos(System.nanoTime() - asked));
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      return CompletableFuture.completedFuture(failed(asking, failure));
    }
  }

  private CompletableFuture<Consent> consent(
      ApprovalRequest request, CompletionStage<Approval> answer, Duration left) {
    if (left.isNegative() || left.isZero()) {
      return CompletableFuture.completedFuture(
          Consent.refused(request.rules(), "nobody answered in time"));
    }
    CompletableFuture<Approval> waiting = new CompletableFuture<>();
    answer.whenComplete((approval, failure) -> complete(waiting, approval, failure));
    CompletableFuture<Consent> consent =
        waiting
            .orTimeout(TimeUnit.NANOSECONDS.convert(left), TimeUnit.NANOSECONDS)
            .handle(
                (approval, failure) -> {
                  withdrawUnless(approval != null, answer);
                  return consent(request, approval, failure);
                });
    CompletionStage<Consent> end = consent;
    end.whenComplete(
        (given, failure) -> {
          withdrawUnless(given != null, answer);
          waiting.cancel(false);
        });
    return consent;
  }

  /** Tells an approver that can be told: what it still shows or keeps is of no use. */
  private static void withdrawUnless(boolean answered, CompletionStage<Approval> answer) {
    try {
      if (!answered) {
        answer.toCompletableFuture().cancel(true);
      }
    } catch (RuntimeException e) {
      // A stage of the host's that has no future, or fails at it, is left alone.
    }
  }

  private static void complete(
      CompletableFuture<Approval> waiting,
      @Nullable Approval approval,
      @Nullable Throwable failure) {
    if (approval != null) {
      waiting.complete(approval);
    } else {
      waiting.completeExceptionally(
          failure == null ? new IllegalStateException("an answer of null") : failure);
    }
  }

  private Consent consent(
      ApprovalRequest request, @Nullable Approval approval, @Nullable Throwable failure) {
    List<RuleHit> asking = request.rules();
    if (approval == null) {
      return cause(failure) instanceof TimeoutException
          ? Consent.refused(asking, "nobody answered in time")
          : failed(asking, failure);
    }
    if (!approval.allowed()) {
      return Consent.refused(asking, "a person said no");
    }
    return request.digest().equals(approval.digest())
        ? Consent.given(asking)
        : Consent.refused(asking, "the answer was for other arguments");
  }

  private Consent failed(List<RuleHit> asking, @Nullable Throwable failure) {
    Throwable cause = cause(failure);
    health.approverFailed(cause == null ? new IllegalStateException() : cause);
    return Consent.refused(asking, "nobody could be asked");
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /**
   * Waits for the answer. A thread that is interrupted meanwhile takes it for a no, and the
   * question back.
   */
  static Consent await(CompletableFuture<Consent> answer, Decision decision) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      return Consent.refused(ApprovalRequest.asking(decision), "the wait for it was interrupted");
    } catch (ExecutionException | CancellationException e) {
      return Consent.refused(ApprovalRequest.asking(decision), "nobody could be asked");
    }
  }
}
