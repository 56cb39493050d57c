package io.governor.cli;

/**
 * The command cannot give an answer. The message is for the person who typed it: what is wrong,
 * where, and what would be accepted.
 */
final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  static CommandFailure notRegistered(String message) {
    return new CommandFailure(ExitCode.NOT_REGISTERED, message);
  }

  static CommandFailure authorization(String message) {
    return new CommandFailure(ExitCode.AUTHORIZATION, message);
  }

  static CommandFailure network(String message) {
    return new CommandFailure(ExitCode.NETWORK, message);
  }

  static CommandFailure localIo(String message) {
    return new CommandFailure(ExitCode.LOCAL_IO, message);
  }

  int exitCode() {
    return exitCode;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
