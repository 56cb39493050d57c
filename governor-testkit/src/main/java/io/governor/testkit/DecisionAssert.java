package io.governor.testkit;

import io.governor.Action;
import io.governor.Decision;
import io.governor.Verdict;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions on a {@link Decision}; their messages never show arguments or results. */
public final class DecisionAssert extends AbstractAssert<DecisionAssert, Decision> {

  DecisionAssert(Decision actual) {
    super(actual, DecisionAssert.class);
  }

  /** The call may run, as it came or rewritten. */
  public DecisionAssert proceeds() {
    isNotNull();
    if (actual.action() != Action.PROCEED && actual.action() != Action.REWRITE) {
      failWithMessage("expected the call to proceed but it was <%s>: %s", actual.action(), actual);
    }
    return this;
  }

  /** The call must not run. */
  public DecisionAssert isRefused() {
    isNotNull();
    if (!actual.refused()) {
      failWithMessage(
          "expected the call to be refused but it was <%s>: %s", actual.action(), actual);
    }
    return this;
  }

  /** What the rules say, whatever their mode. */
  public DecisionAssert hasVerdict(Verdict expected) {
    isNotNull();
    if (actual.verdict() != expected) {
      failWithMessage(
          "expected the verdict <%s> but was <%s>: %s", expected, actual.verdict(), actual);
    }
    return this;
  }

  /** Everything recorded for the call, standard rules included, in any order. */
  public DecisionAssert hasViolations(String... ids) {
    isNotNull();
    if (!actual.violations().containsAll(List.of(ids))
        || actual.violations().size() != ids.length) {
      failWithMessage(
          "expected the violations <%s> but were <%s>", List.of(ids), actual.violations());
    }
    return this;
  }
}
