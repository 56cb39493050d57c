package io.governor.spring.boot;

/** The configuration is refused; the message says what is wrong with it and is all one needs. */
final class GovernorConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String action;

  GovernorConfigurationException(String problem, String action, Throwable cause) {
    super(problem, cause);
    this.action = action;
  }

  GovernorConfigurationException(String problem, String action) {
    super(problem);
    this.action = action;
  }

  /** What to do about it, in one sentence. */
  String action() {
    return action;
  }
}
