package io.governor.trace;

import io.governor.file.Forcing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Forces trace files to the disk, and the names of new ones with them. What cannot be forced is
 * written all the same: it is told and costs no record. Safe for use by several threads.
 */
final class Forcer {

  private final Path stateRoot;
  private final Consumer<IOException> failed;

  /**
   * @param failed hears of what could not be forced, from any thread
   */
  Forcer(Path stateRoot, Consumer<IOException> failed) {
    this.stateRoot = stateRoot;
    this.failed = failed;
  }

  /**
   * Forces a file below the state root.
   *
   * @param begun whether it is new, and so may be the directories that lead to it
   */
  void force(Path file, boolean begun) {
    try {
      Forcing.file(file);
      if (begun) {
        names(file);
      }
    } catch (NoSuchFileException e) {
      // Removed, which its writer finds out and tells.
    } catch (IOException e) {
      failed.accept(e);
    }
  }

  /** Each directory on the way, up to the one that has the state root's own name. */
  private void names(Path file) throws IOException {
    Path named = file;
    Path directory = parent(named);
    while (directory != null && named.startsWith(stateRoot)) {
      Forcing.directory(directory);
      named = directory;
      directory = parent(named);
    }
  }

  /** Null where there is none, or one that is not ours to open. */
  private static @Nullable Path parent(Path path) {
    Path parent = path.getParent();
    return parent != null && Files.isReadable(parent) ? parent : null;
  }
}
