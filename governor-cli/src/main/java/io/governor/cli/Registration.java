package io.governor.cli;

import io.governor.sync.SyncClient;
import io.governor.sync.SyncException;

/** Whether this installation is registered. Stateless. */
final class Registration {

  private Registration() {}

  /** A state that cannot be read counts as one: nobody is told that nothing can leave. */
  static boolean exists(Invocation invocation) {
    try {
      return SyncClient.at(invocation.stateRoot()).isRegistered();
    } catch (SyncException e) {
      return true;
    }
  }
}
