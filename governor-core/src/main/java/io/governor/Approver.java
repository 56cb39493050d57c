package io.governor;

import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Asks a person whether a call may run, where an enforced rule says {@link Verdict#ASK}. Called
 * outside every lock by the thread that made the call, by many at once; what it throws, an answer
 * that comes too late and an answer for other arguments all mean no.
 */
@FunctionalInterface
public interface Approver {

  /** How many questions a {@link #blocking} approver is asked at once. */
  int MOST_BLOCKED = 64;

  /**
   * Asks. The answer may come from any thread. When nobody waits for it any more, the stage's
   * future is cancelled, if it has one, in a thread of ours; that is the time to take the question
   * back. When the reason is that the governor was closed, it is cancelled by a {@link
   * GovernorClosedException}.
   *
   * @param request the call, and why it is asked about; what it holds must not be kept longer than
   *     the question is open
   */
  CompletionStage<Approval> ask(ApprovalRequest request);

  /**
   * An approver that waits for its answer in the thread that asks it: a daemon thread of ours, so
   * that the time-out holds. It is interrupted when nobody waits any more; where it ignores that,
   * it keeps neither the governor from closing nor the virtual machine from ending. At most {@value
   * #MOST_BLOCKED} are asked at once; further calls are refused.
   *
   * @param decide whether the call may run; called by several threads at once
   */
  static Approver blocking(Predicate<ApprovalRequest> decide) {
    return new BlockingApprover(decide);
  }
}
