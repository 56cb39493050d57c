package io.governor.sync.wire;

import io.governor.sync.Endpoint;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Delivery;

/**
 * Says in one sentence what came of an exchange: with whom, why, how often it was tried, what is
 * known about what was sent, and what to do. Stateless.
 */
final class FailureText {

  private FailureText() {}

  /** What is known when one attempt ended so and another so. */
  static Delivery lessCertain(Delivery a, Delivery b) {
    return a.compareTo(b) < 0 ? b : a;
  }

  static SyncException of(
      Endpoint endpoint, Operation operation, AttemptFailed last, Delivery known, int attempts) {
    String text =
        endpoint
            + ": "
            + last.reason()
            + (attempts == 1 ? "" : ", the last of " + attempts + " attempts")
            + last.retryAfter().told()
            + known(operation, known)
            + (last.advice().isEmpty() ? "" : "; " + last.advice());
    return SyncException.exchange(last.kind(), known, attempts, text);
  }

  private static String known(Operation operation, Delivery known) {
    if (operation == Operation.UPDATE_CHECK) {
      return "";
    }
    return switch (known) {
      case NOT_SENT -> "; nothing was sent";
      case REFUSED -> "; the " + operation.carried() + " did not count there";
      case UNKNOWN ->
          operation == Operation.SYNC
              ? "; nobody can tell whether the counts arrived, and sent again they count once"
              : "; nobody can tell whether the registration arrived";
    };
  }
}
