package io.governor.sync.wire;

import io.governor.sync.SyncException.Delivery;
import io.governor.sync.SyncException.Kind;

/**
 * One attempt at an exchange came to nothing. It has no cause and no suppressed exception, for
 * those of Java's HTTP client may quote what the server said.
 */
final class AttemptFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final Delivery delivery;
  private final boolean repeatable;
  private final String reason;
  private final String advice;
  private final transient RetryAfter retryAfter;

  private AttemptFailed(
      Kind kind,
      Delivery delivery,
      boolean repeatable,
      String reason,
      String advice,
      RetryAfter retryAfter) {
    super(reason);
    this.kind = kind;
    this.delivery = delivery;
    this.repeatable = repeatable;
    this.reason = reason;
    this.advice = advice;
    this.retryAfter = retryAfter;
  }

  /** No answer, or none that can be used. */
  static AttemptFailed without(Delivery delivery, boolean repeatable, String reason) {
    return new AttemptFailed(Kind.NETWORK, delivery, repeatable, reason, "", RetryAfter.NONE);
  }

  /** An answer whose status says no. */
  static AttemptFailed with(int status, StatusRule rule, RetryAfter retryAfter) {
    Delivery delivery = rule.delivery() == null ? Delivery.UNKNOWN : rule.delivery();
    String reason = rule.reason() + " (HTTP " + status + ")";
    return new AttemptFailed(
        rule.kind(), delivery, rule.repeated(), reason, rule.advice(), retryAfter);
  }

  Kind kind() {
    return kind;
  }

  Delivery delivery() {
    return delivery;
  }

  /** Whether a further attempt may go better. */
  boolean isRepeatable() {
    return repeatable;
  }

  String reason() {
    return reason;
  }

  String advice() {
    return advice;
  }

  RetryAfter retryAfter() {
    return retryAfter;
  }
}
