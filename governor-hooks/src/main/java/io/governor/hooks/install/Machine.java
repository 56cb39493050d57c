package io.governor.hooks.install;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an installation needs to know of the machine. Immutable.
 *
 * @param home the user's home, written as {@code $HOME} in commands
 * @param stateRoot the state root
 * @param script the script that hooks run, an absolute path
 * @param environment the variables that say where agents keep their configuration; none is recorded
 */
public record Machine(Path home, Path stateRoot, Path script, Map<String, String> environment) {

  public Machine {
    environment = Map.copyOf(environment);
  }

  /** The folder that a variable names, or one below the home. */
  Path folder(String variable, String otherwise) {
    String named = environment.get(variable);
    return named == null || named.isBlank() ? home.resolve(otherwise) : Path.of(named);
  }

  /**
   * The folder that commands name as {@code $HOME}, or the root where they name none: a project's
   * settings may set that variable for its agent's hooks, and then it is not to say which script
   * and which policy decide. What is in a project is the project's to change anyway.
   */
  Path homeToSay(InstallOptions options) {
    return options.enforce() && options.project() == null ? Path.of("/") : home;
  }

  /** The state root for a command, or null where a hook finds it by itself. */
  @Nullable Path stateRootToSay() {
    return stateRoot.equals(home.resolve(".governor")) ? null : stateRoot;
  }

  @Override
  public String toString() {
    return "Machine[" + stateRoot + "]";
  }
}
