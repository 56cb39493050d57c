package io.governor;

import java.util.concurrent.CompletionStage;

/**
 * Asks a person whether a call may run, where an enforced rule says {@link Verdict#ASK}. Called
 * outside every lock by the thread that made the call, by many at once; what it throws, an answer
 * that comes too late and an answer for other arguments all mean no.
 */
@FunctionalInterface
public interface Approver {

  /**
   * Asks. The answer may come from any thread.
   *
   * @param request the call, and why it is asked about; what it holds must not be kept longer than
   *     the question is open
   */
  CompletionStage<Approval> ask(ApprovalRequest request);
}
