package io.governor.testkit;

import io.governor.Coverage;
import org.assertj.core.api.AbstractAssert;

/** Assertions on which tools are governed; their messages list every tool that was found. */
public final class CoverageAssert extends AbstractAssert<CoverageAssert, Coverage> {

  CoverageAssert(Coverage actual) {
    super(actual, CoverageAssert.class);
  }

  /**
   * A governor stands before every tool. What could not be looked into fails as well, and so does a
   * coverage in which there is no tool at all: it proves nothing.
   */
  public CoverageAssert governsEveryTool() {
    isNotNull();
    if (actual.tools().isEmpty()) {
      failWithMessage("expected every tool to be governed but found no tool at all");
    }
    if (!actual.governsEveryTool()) {
      failWithMessage(
          "expected every tool to be governed but <%s> are not known to be:%n%s",
          actual.gaps().size(), actual);
    }
    return this;
  }
}
