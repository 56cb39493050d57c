package io.governor;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions to the approver and makes of whatever comes back a yes or a no. Safe for use by
 * several threads.
 */
final class ApprovalDesk {

  /** How long closing waits for calls whose question it ended, so that they are on record. */
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

  private static final String CLOSED = "the governor was closed";

  private final Approver approver;
  private final Duration timeout;
  private final Health health;
  private final Withdrawals withdrawals = new Withdrawals();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition judged = lock.newCondition();

  // Guarded by lock.
  private final Set<Question> open = new HashSet<>();
  private boolean closed;

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

  /** Asks; the question is to be closed when the call has been judged by what comes back. */
  Question ask(Decision decision, Asker asker) {
    return ask(decision, asker, approver);
  }

  /** The same, through another approver. */
  Question ask(Decision decision, Asker asker, Approver through) {
    ApprovalRequest request;
    try {
      request = ApprovalRequest.of(decision, asker, timeout);
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      return new Question(failed(ApprovalRequest.asking(decision), failure));
    }
    Question question =
        new Question((approval, failure) -> consent(request, approval, failure), this::over);
    if (stands(question)) {
      put(question, request, through);
    } else {
      question.governorClosed();
    }
    return question;
  }

  private void put(Question question, ApprovalRequest request, Approver through) {
    long asked = System.nanoTime();
    try {
      CompletionStage<Approval> answer = through.ask(request);
      // An approver that blocks in the question has used up the time for its answer.
      question.put(answer, timeout.minusNanos(System.nanoTime() - asked), withdrawals);
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      question.failed(failure);
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the question is among the open ones, and not too late for that. */
  private boolean stands(Question question) {
    lock.lock();
    try {
      return !closed && open.add(question);
    } finally {
      lock.unlock();
    }
  }

  private void over(Question question) {
    lock.lock();
    try {
      if (open.remove(question)) {
        judged.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private Consent consent(
      ApprovalRequest request, @Nullable Approval approval, @Nullable Throwable failure) {
    List<RuleHit> asking = request.rules();
    if (isClosed()) {
      return Consent.refused(asking, CLOSED);
    }
    if (approval == null) {
      return unanswered(asking, cause(failure));
    }
    if (!approval.allowed()) {
      return Consent.refused(asking, "a person said no").by(approval.by());
    }
    return request.digest().equals(approval.digest())
        ? Consent.given(asking, approval.by())
        : Consent.refused(asking, "the answer was for other arguments").by(approval.by());
  }

  private Consent unanswered(List<RuleHit> asking, @Nullable Throwable cause) {
    return cause instanceof TimeoutException
        ? Consent.refused(asking, "nobody answered in time")
        : failed(asking, cause);
  }

  private Consent failed(List<RuleHit> asking, @Nullable Throwable cause) {
    health.approverFailed(cause == null ? new IllegalStateException() : cause);
    return Consent.refused(asking, "nobody could be asked");
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /**
   * Answers every open question with no, and later ones at once; then gives the calls a second to
   * be judged and recorded. Idempotent; any thread may call it, an approver's own included.
   */
  void close() {
    List<Question> asked;
    lock.lock();
    try {
      closed = true;
      asked = List.copyOf(open);
    } finally {
      lock.unlock();
    }
    asked.forEach(Question::governorClosed);
    awaitJudged(asked.stream().filter(question -> !question.isBeingPutHere()).toList());
  }

  /**
   * Also when it is interrupted: an approver that closes the governor is, for its own question was
   * taken back.
   */
  private void awaitJudged(Collection<Question> asked) {
    long end = System.nanoTime() + LONGEST_CLOSE.toNanos();
    boolean interrupted = false;
    lock.lock();
    try {
      long left = LONGEST_CLOSE.toNanos();
      while (left > 0 && !Collections.disjoint(open, asked)) {
        try {
          left = judged.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true;
          left = end - System.nanoTime();
        }
      }
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
