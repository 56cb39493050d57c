package io.governor;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folders that a policy may speak of. Immutable; a null folder is not known, and nothing lies
 * inside it.
 *
 * @param workspace where the session works
 * @param home the user's home
 * @param temp where temporary files go
 * @param state the governor's own state root
 * @param current where the relative paths of a call start, where that is not the workspace: an
 *     agent's shell may have gone elsewhere
 */
public record SessionFolders(
    @Nullable Path workspace,
    @Nullable Path home,
    @Nullable Path temp,
    @Nullable Path state,
    @Nullable Path current) {

  /** No folder is known. */
  public static final SessionFolders NONE = new SessionFolders(null, null, null, null);

  /** Folders of a session whose calls start in the workspace. */
  public SessionFolders(
      @Nullable Path workspace, @Nullable Path home, @Nullable Path temp, @Nullable Path state) {
    this(workspace, home, temp, state, null);
  }

  SessionFolders workspace(@Nullable Path newWorkspace) {
    return new SessionFolders(newWorkspace, home, temp, state, current);
  }

  SessionFolders current(@Nullable Path newCurrent) {
    return new SessionFolders(workspace, home, temp, state, newCurrent);
  }

  /** Where relative paths start, or null when that is not known. */
  public @Nullable Path start() {
    return current == null ? workspace : current;
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
