package io.governor.hooks.install;

/** An agent's configuration was left as it is: where and why, and what would be accepted. */
public final class InstallException extends Exception {

  private static final long serialVersionUID = 1L;

  InstallException(String message) {
    super(message, null, false, false);
  }

  /** The message; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
