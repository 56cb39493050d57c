package io.governor.cli;

import io.governor.sync.SyncClient;
import io.governor.sync.SyncException;
import org.jspecify.annotations.Nullable;

/**
 * Whether this installation is registered.
 *
 * @param registered null when the sync state cannot be read, so that nobody can tell
 * @param problem what is wrong with the sync state, and where; null when nothing is
 */
record Registration(@Nullable Boolean registered, @Nullable String problem) {

  static Registration of(Invocation invocation) {
    try {
      return new Registration(SyncClient.at(invocation.stateRoot()).isRegistered(), null);
    } catch (SyncException e) {
      return new Registration(null, e.getMessage());
    }
  }

  String inWords() {
    if (registered == null) {
      return "cannot be told: " + problem;
    }
    return registered
        ? "yes, counts leave this machine when a sync is run"
        : "no, nothing leaves this machine";
  }
}
