package io.governor.spring.boot;

import io.governor.langchain4j.GovernedTools;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an AI service that could reach a tool without a governor: it stops the start, or
 * whatever made it later; where nobody is strict, the log names it.
 *
 * @param strict whether it is stopped
 */
record ServiceCheck(boolean strict) {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceCheck.class);

  /**
   * Looks at a service that is built; calls nothing of the application's.
   *
   * @throws GovernorConfigurationException if it is stopped
   */
  void check(GovernedTools tools, String name, Object service) {
    try {
      tools.check(service);
    } catch (IllegalStateException | IllegalArgumentException gap) {
      refuse("the AI service \"" + name + "\" is not governed: " + gap.getMessage(), gap);
    }
  }

  /**
   * Says that a service is not governed.
   *
   * @throws GovernorConfigurationException if it is stopped
   */
  void refuse(String problem, @Nullable Throwable cause) {
    if (strict) {
      throw new GovernorConfigurationException(
          problem,
          "Build the service with tools of the bean GovernedTools, or set"
              + " governor.langchain4j.strict to false to run its tools ungoverned.",
          cause);
    }
    LOG.warn("tools run UNGOVERNED: {}", problem);
  }
}
