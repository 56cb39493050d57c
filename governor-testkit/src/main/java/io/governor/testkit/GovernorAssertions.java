package io.governor.testkit;

import io.governor.Coverage;
import io.governor.Decision;
import io.governor.event.TraceEvent;
import java.util.List;

/** Entry points of the assertions on decisions, traces and coverage. */
public final class GovernorAssertions {

  private GovernorAssertions() {}

  /** Assertions on what was decided about a call or a result. */
  public static DecisionAssert assertThat(Decision decision) {
    return new DecisionAssert(decision);
  }

  /** Assertions on which tools an adapter found and whether they are governed. */
  public static CoverageAssert assertThat(Coverage coverage) {
    return new CoverageAssert(coverage);
  }

  /** Assertions on the events of a trace, in order. */
  public static TraceAssert assertThatTrace(List<TraceEvent> events) {
    return new TraceAssert(events);
  }
}
