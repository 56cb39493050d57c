package io.governor.cli;

import io.governor.sync.RunOptions;
import io.governor.sync.SyncClient;
import io.governor.sync.SyncConfig;
import io.governor.sync.SyncException;

/** The client that commands work with. Stateless. */
final class SyncClients {

  private SyncClients() {}

  static SyncClient of(Invocation invocation) {
    return SyncClient.at(invocation.stateRoot(), invocation.clock());
  }

  /** What the configuration says; a source that is not there is told. */
  static SyncConfig config(Invocation invocation) throws SyncException {
    SyncConfig config = SyncConfig.read(invocation.stateRoot());
    config
        .missing()
        .forEach(
            source ->
                invocation
                    .terminal()
                    .complain(source + ": nothing is there, so nothing of it is counted"));
    return config;
  }

  /** What the configuration says about a run. */
  static RunOptions options(Invocation invocation) throws SyncException {
    return config(invocation).runOptions(invocation.stateRoot());
  }
}
