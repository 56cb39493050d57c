package io.governor.policy;

import io.governor.CallFacts;
import org.jspecify.annotations.Nullable;

/** A condition in the form that is evaluated. Immutable; many threads may ask it at once. */
@FunctionalInterface
interface Check {

  /**
   * @throws EvaluationFailure if it cannot be said
   */
  boolean holds(CallFacts facts, Budget budget);

  /** A comparison in the form that is evaluated. */
  @FunctionalInterface
  interface OfValue {

    /**
     * @param value the argument, or {@link ArgumentPointer#ABSENT}
     */
    boolean holds(@Nullable Object value, CallFacts facts, Budget budget);
  }
}
