package io.governor.cli;

/** What the exit status of the command means. */
final class ExitCode {

  static final int DONE = 0;

  /** The command looked for something and found it. */
  static final int FOUND = 1;

  /** Wrong usage, or input that cannot be used. */
  static final int USAGE = 2;

  static final int NOT_REGISTERED = 3;

  /** The server knows neither the installation nor its secret, or does not let it do this. */
  static final int AUTHORIZATION = 4;

  /** The server could not be reached or trusted, or did not answer as it should. */
  static final int NETWORK = 5;

  /** A file or stream of this machine could not be read or written. */
  static final int LOCAL_IO = 6;

  private ExitCode() {}
}
