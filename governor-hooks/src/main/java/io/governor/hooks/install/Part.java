package io.governor.hooks.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file that an installation consists of. Immutable. */
sealed interface Part permits JsonPart, WholePart {

  /**
   * The file with our hooks, or without.
   *
   * @param kept what the file held before ours were put in, where that is known
   * @throws InstallException if it holds something that must not be touched
   */
  FileChange change(boolean remove, @Nullable Kept kept) throws IOException, InstallException;

  /** The file as the agent names it. */
  Path file();

  /**
   * The commands of ours that the file makes an agent run, by event.
   *
   * @throws InstallException if it cannot be read as the agent's
   */
  Map<String, String> commands() throws IOException, InstallException;

  /**
   * The HTTP hooks of ours, by event.
   *
   * @throws InstallException if it cannot be read as the agent's
   */
  default Map<String, InstalledHttpHook> httpHooks() throws IOException, InstallException {
    return Map.of();
  }

  /** Whether the file holds anything of ours; false also where it cannot be read. */
  boolean isInstalled();
}
