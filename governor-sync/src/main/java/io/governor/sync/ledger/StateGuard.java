package io.governor.sync.ledger;

import io.governor.file.Ownership;
import io.governor.sync.SyncException;
import io.governor.trace.IoReason;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Refuses files of the sync state that {@link Ownership} refuses. Stateless. */
final class StateGuard {

  private StateGuard() {}

  /**
   * Looks at paths, in this order, as far as they are there.
   *
   * @throws SyncException of kind {@code LOCAL_FILES} if one is refused
   */
  static void check(Path... paths) throws SyncException {
    for (Path path : paths) {
      try {
        Ownership.refuseUnlessOwn(path);
      } catch (FileSystemException e) {
        throw e.getReason() == null
            ? SyncException.localFiles("cannot look at " + path + ": " + IoReason.of(e), e)
            : SyncException.localFiles(path + " " + e.getReason(), e);
      } catch (IOException e) {
        throw SyncException.localFiles("cannot look at " + path + ": " + IoReason.of(e), e);
      }
    }
  }
}
