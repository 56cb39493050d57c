package io.governor;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A question that was put to an approver, until the call it is about has been judged again. What
 * comes first ends it: the answer, a failure, the time-out, the end of its governor, or whoever
 * asked. Safe for use by several threads.
 */
final class Question implements AutoCloseable {

  private final CompletableFuture<Approval> waiting = new CompletableFuture<>();
  private final CompletableFuture<Consent> consent;
  private final Consumer<Question> onClose;
  private volatile @Nullable Thread asking;

  /** A question that needs no asking. */
  Question(Consent known) {
    consent = CompletableFuture.completedFuture(known);
    onClose = over -> {};
  }

  /**
   * A question that the calling thread is about to put.
   *
   * @param meaning what an answer or a failure means
   */
  Question(
      BiFunction<@Nullable Approval, @Nullable Throwable, Consent> meaning,
      Consumer<Question> onClose) {
    this.consent = waiting.handle(meaning);
    this.onClose = onClose;
    this.asking = Thread.currentThread();
  }

  /** Whether it is being put by this very thread, which cannot wait for its end. */
  boolean isBeingPutHere() {
    return asking == Thread.currentThread();
  }

  /**
   * It was put.
   *
   * @param left how long there is for the answer; nothing counts when that is no time
   * @param withdrawals where the approver is told that nobody waits any more
   */
  void put(CompletionStage<Approval> answer, Duration left, Withdrawals withdrawals) {
    asking = null;
    if (left.isNegative() || left.isZero()) {
      waiting.completeExceptionally(new TimeoutException());
    } else {
      waiting.orTimeout(TimeUnit.NANOSECONDS.convert(left), TimeUnit.NANOSECONDS);
    }
    CompletionStage<Consent> end = consent;
    end.whenComplete((given, failure) -> end(answer, withdrawals));
    answer.whenComplete(this::answered);
  }

  /** It could not be put. */
  void failed(Throwable failure) {
    asking = null;
    waiting.completeExceptionally(failure);
  }

  private void answered(@Nullable Approval approval, @Nullable Throwable failure) {
    if (approval != null) {
      waiting.complete(approval);
    } else {
      waiting.completeExceptionally(
          failure == null ? new IllegalStateException("an answer of null") : failure);
    }
  }

  private void end(CompletionStage<Approval> answer, Withdrawals withdrawals) {
    if (!waiting.isDone() || waiting.isCompletedExceptionally()) {
      withdrawals.add(answer, endedWithGovernor());
    }
    waiting.cancel(false);
  }

  private boolean endedWithGovernor() {
    return waiting
        .handle((approval, failure) -> failure instanceof GovernorClosedException)
        .getNow(false);
  }

  /** Completes always, and never exceptionally unless the question is closed before. */
  CompletionStage<Consent> consent() {
    return consent;
  }

  /**
   * Waits for the answer. A thread that is interrupted meanwhile takes it for a no, and the
   * question back.
   */
  Consent await(Decision decision) {
    try {
      return consent.get();
    } catch (InterruptedException e) {
      consent.cancel(false);
      Thread.currentThread().interrupt();
      return Consent.refused(ApprovalRequest.asking(decision), "the wait for it was interrupted");
    } catch (ExecutionException | CancellationException e) {
      return Consent.refused(ApprovalRequest.asking(decision), "nobody could be asked");
    }
  }

  /** The governor is closing; nothing of the host's runs in here. */
  void governorClosed() {
    waiting.completeExceptionally(new GovernorClosedException());
  }

  /** The call has been judged, or nobody wants to know any more; the question is taken back. */
  @Override
  public void close() {
    consent.cancel(false);
    onClose.accept(this);
  }
}
