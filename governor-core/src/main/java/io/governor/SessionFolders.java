package io.governor;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folders that a policy may speak of. Immutable; a null folder is not known, and nothing lies
 * inside it.
 *
 * @param workspace where the session works; relative paths of its calls start there
 * @param home the user's home
 * @param temp where temporary files go
 * @param state the governor's own state root
 */
public record SessionFolders(
    @Nullable Path workspace, @Nullable Path home, @Nullable Path temp, @Nullable Path state) {

  /** No folder is known. */
  public static final SessionFolders NONE = new SessionFolders(null, null, null, null);

  SessionFolders workspace(@Nullable Path newWorkspace) {
    return new SessionFolders(newWorkspace, home, temp, state);
  }

  /** The folder that a variable of a policy stands for, or null when it is not known. */
  public @Nullable Path named(String variable) {
    return switch (variable) {
      case "workspace" -> workspace;
      case "home" -> home;
      case "temp" -> temp;
      case "state" -> state;
      default -> null;
    };
  }
}
