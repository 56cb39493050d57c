package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** An approver that keeps the questions open until the test answers. */
final class OpenDesk implements Approver {

  /** A question and the place for its answer. */
  record Open(ApprovalRequest request, CompletableFuture<Approval> answer) {

    void allow() {
      answer.complete(request.allow());
    }

    void deny() {
      answer.complete(request.deny());
    }

    /** Nobody waits any more, and the approver was told. */
    Throwable takenBack() {
      AtomicReference<Throwable> reason = new AtomicReference<>();
      CompletableFuture<Void> told =
          answer.handle(
              (approval, failure) -> {
                reason.set(failure);
                return null;
              });
      assertThat(told).succeedsWithin(30, TimeUnit.SECONDS);
      assertThat(reason.get()).isInstanceOf(CancellationException.class);
      return reason.get();
    }
  }

  private final BlockingQueue<Open> open = new LinkedBlockingQueue<>();

  @Override
  public CompletionStage<Approval> ask(ApprovalRequest request) {
    Open question = new Open(request, new CompletableFuture<>());
    open.add(question);
    return question.answer();
  }

  Open next() throws InterruptedException {
    return Objects.requireNonNull(open.poll(30, TimeUnit.SECONDS), "nobody was asked");
  }

  boolean isEmpty() {
    return open.isEmpty();
  }
}
