package io.governor.testkit;

import io.governor.Decision;
import io.governor.event.TraceEvent;
import java.util.List;

/** Entry points of the assertions on decisions and traces. */
public final class GovernorAssertions {

  private GovernorAssertions() {}

  /** Assertions on what was decided about a call or a result. */
  public static DecisionAssert assertThat(Decision decision) {
    return new DecisionAssert(decision);
  }

  /** Assertions on the events of a trace, in order. */
  public static TraceAssert assertThatTrace(List<TraceEvent> events) {
    return new TraceAssert(events);
  }
}
