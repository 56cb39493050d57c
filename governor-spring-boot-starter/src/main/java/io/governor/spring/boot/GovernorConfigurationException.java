package io.governor.spring.boot;

import org.jspecify.annotations.Nullable;

/** The configuration is refused; the message says what is wrong with it and is all one needs. */
final class GovernorConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String action;

  GovernorConfigurationException(String problem, String action, @Nullable Throwable cause) {
    super(problem, cause);
    this.action = action;
  }

  GovernorConfigurationException(String problem, String action) {
    this(problem, action, null);
  }

  /** What to do about it, in one sentence. */
  String action() {
    return action;
  }
}
