package io.governor;

import java.time.Duration;
import java.util.List;
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

  ApprovalDesk(Approver approver, Duration timeout, Health health) {
    this.approver = approver;
    this.timeout = timeout;
    this.health = health;
  }

  Duration timeout() {
    return timeout;
  }

  /** Asks; the stage always completes, and never exceptionally. */
  CompletionStage<Consent> ask(ApprovalRequest request) {
    CompletionStage<Approval> answer;
    try {
      answer = approver.ask(request);
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      return CompletableFuture.completedFuture(failed(request.rules(), failure));
    }
    CompletableFuture<Approval> waiting = new CompletableFuture<>();
    answer.whenComplete((approval, failure) -> complete(waiting, approval, failure));
    return waiting
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle((approval, failure) -> consent(request, approval, failure));
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
      return failure instanceof TimeoutException
          ? Consent.refused(asking, "nobody answered in time")
          : failed(asking, failure);
    }
    if (!approval.allowed()) {
      return Consent.refused(asking, "a person said no");
    }
    return approval.digest().equals(request.digest())
        ? Consent.given(asking)
        : Consent.refused(asking, "the answer was for other arguments");
  }

  private Consent failed(List<RuleHit> asking, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    health.approverFailed(cause == null ? new IllegalStateException() : cause);
    return Consent.refused(asking, "nobody could be asked");
  }

  /** Waits for the answer; a thread that is interrupted meanwhile takes it for a no. */
  static Consent await(CompletionStage<Consent> answer, List<RuleHit> asking) {
    try {
      return answer.toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Consent.refused(asking, "the wait for it was interrupted");
    } catch (ExecutionException e) {
      return Consent.refused(asking, "nobody could be asked");
    }
  }
}
