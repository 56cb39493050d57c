package io.governor.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Whether this installation is registered. Stateless. */
final class Registration {

  private static final String STATE_FILE = "sync-state.json";

  private Registration() {}

  static Path file(Invocation invocation) {
    return invocation.stateRoot().resolve(STATE_FILE);
  }

  /** A state that cannot be read counts as one: nobody is told that nothing can leave. */
  static boolean exists(Invocation invocation) {
    return !Files.notExists(file(invocation), LinkOption.NOFOLLOW_LINKS);
  }
}
