package io.governor.sync.ledger;

import io.governor.sync.SyncException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Positions on the disk. Stateless. */
final class PositionsFile {

  private PositionsFile() {}

  /**
   * Reads what the state names.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if it is not there, damaged, or somebody else
   *     could have made it: then nobody can tell what was counted
   */
  static Positions read(LedgerFiles files, @Nullable String name) throws SyncException {
    if (name == null) {
      return Positions.NONE;
    }
    Path file = files.positions(name);
    try {
      return PositionsCodec.read(files.read(file));
    } catch (IOException | IllegalArgumentException e) {
      throw SyncException.localFiles(
          file
              + ": cannot be read, or is damaged, so nobody can tell what was counted; nothing is"
              + " sent. Put the file back, or remove the state root, which forgets everything",
          e);
    }
  }
}
