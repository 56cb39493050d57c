package io.governor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells approvers that nobody waits for their answer any more. What a host hangs on its stage may
 * block, so it runs in daemon threads of ours that end a second after their work: neither a caller
 * nor the one thread that counts everybody's time waits for it. Safe for use by several threads.
 */
final class Withdrawals {

  private static final int MOST_THREADS = 8;

  private final ThreadPoolExecutor threads;

  Withdrawals() {
    threads =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Withdrawals::thread);
    threads.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "governor-withdrawals");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * @param withGovernor whether nobody waits because the governor was closed
   */
  void add(CompletionStage<Approval> answer, boolean withGovernor) {
    threads.execute(() -> withdraw(answer, withGovernor));
  }

  private static void withdraw(CompletionStage<Approval> answer, boolean withGovernor) {
    try {
      CompletableFuture<Approval> future = answer.toCompletableFuture();
      if (withGovernor) {
        future.completeExceptionally(new GovernorClosedException());
      }
      // Also then: a future of the host's own kind may abort something here.
      future.cancel(true);
    } catch (Throwable failure) {
      // A stage of the host's that has no future, or fails at it, is left alone.
      Failures.rethrowIfFatal(failure);
    }
  }
}
