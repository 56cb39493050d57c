package io.governor.cli;

import io.governor.sync.SyncException;
import io.governor.sync.SyncStatus;
import org.jspecify.annotations.Nullable;

/**
 * Whether this installation is registered, and how its syncs go.
 *
 * @param status null when the sync state cannot be read, so that nobody can tell
 * @param problem what is wrong with the sync state, and where; null when nothing is
 */
record Registration(@Nullable SyncStatus status, @Nullable String problem) {

  static Registration of(Invocation invocation) {
    try {
      return new Registration(SyncClients.of(invocation).status(), null);
    } catch (SyncException e) {
      return new Registration(null, e.getMessage());
    }
  }

  /** Whether it is registered; null when nobody can tell. */
  @Nullable Boolean registered() {
    return status == null ? null : status.registered();
  }

  /** Adds what there is to say. */
  void addTo(Facts facts) {
    facts.add("Registered", inWords());
    if (status == null) {
      return;
    }
    if (status.registered() || status.last() != null) {
      facts.add("Last sync", SyncStatusCommand.last(status));
    }
    if (status.waiting() != null) {
      facts.add("Waiting", SyncStatusCommand.waiting(status));
    }
    if (!status.losses().isEmpty()) {
      facts.add("Not counted", SyncStatusCommand.losses(status));
    }
  }

  private String inWords() {
    if (status == null) {
      return "cannot be told: " + problem;
    }
    if (!status.registered()) {
      return "no, nothing leaves this machine";
    }
    String with = status.endpoint() == null ? "" : " with " + status.endpoint();
    return "yes" + with + ", counts leave this machine when a sync is run";
  }
}
