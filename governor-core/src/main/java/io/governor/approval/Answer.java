package io.governor.approval;

import io.governor.ApprovalRequest;
import java.time.Instant;
import java.util.List;

/**
 * What a person said about a question. It stands for itself: the process that asked may have been
 * started again meanwhile.
 *
 * @param digest what it holds for
 * @param allowed whether the call may run
 * @param rules the ids of the rules the person was told about
 * @param expires from when on it no longer counts
 */
record Answer(String digest, boolean allowed, List<String> rules, Instant expires) {

  Answer {
    rules = List.copyOf(rules);
  }

  static Answer to(PendingApproval question, boolean allowed) {
    return new Answer(
        question.digest(),
        allowed,
        question.rules().stream().map(PendingApproval.Asking::id).toList(),
        question.expires());
  }

  boolean hasExpired(Instant now) {
    return !now.isBefore(expires);
  }

  /** Whether this answers the request: a rule the person was not told about would be skipped. */
  boolean answers(ApprovalRequest request, Instant now) {
    return digest.equals(request.digest())
        && !hasExpired(now)
        && request.rules().stream().allMatch(hit -> rules.contains(hit.id().value()));
  }
}
