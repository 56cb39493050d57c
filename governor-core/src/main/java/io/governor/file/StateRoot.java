package io.governor.file;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directory everything of ours lives in: the system property {@code governor.home}, else the
 * environment variable {@code GOVERNOR_HOME}, else {@code .governor} in the user's home (execution
 * record, section 10.1). Removing it is a full reset.
 */
public final class StateRoot {

  private StateRoot() {}

  /** The state root of this process; nothing is created. */
  public static Path locate() {
    Path configured = configured(System.getProperty("governor.home"));
    if (configured == null) {
      configured = configured(System.getenv("GOVERNOR_HOME"));
    }
    return configured != null ? configured : userHome().resolve(".governor");
  }

  /**
   * The user's home as {@code ~} means it: the environment variable {@code HOME}, which containers
   * and {@code sudo} set, else what Java takes from the system's list of users.
   */
  public static Path userHome() {
    Path home = configured(System.getenv("HOME"));
    return home != null ? home : Path.of(System.getProperty("user.home", ".")).toAbsolutePath();
  }

  private static @Nullable Path configured(@Nullable String value) {
    return value == null || value.isBlank() ? null : Path.of(value).toAbsolutePath();
  }
}
