package io.governor;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Lets an approver that blocks answer in a thread of ours, one per open question. */
final class BlockingApprover implements Approver {

  private final Predicate<ApprovalRequest> decide;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, MOST_BLOCKED, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), BlockingApprover::thread);

  BlockingApprover(Predicate<ApprovalRequest> decide) {
    this.decide = decide;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "governor-approver");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public CompletionStage<Approval> ask(ApprovalRequest request) {
    CompletableFuture<Approval> approval = new CompletableFuture<>();
    Future<?> work = threads.submit(() -> answer(request, approval));
    CompletionStage<Approval> stage = approval;
    stage.whenComplete(
        (answer, failure) -> {
          if (failure instanceof CancellationException) {
            work.cancel(true);
          }
        });
    return stage;
  }

  private void answer(ApprovalRequest request, CompletableFuture<Approval> approval) {
    try {
      approval.complete(decide.test(request) ? request.allow() : request.deny());
    } catch (Throwable failure) {
      approval.completeExceptionally(failure);
      Failures.rethrowIfFatal(failure);
    }
  }
}
