package io.governor.cli;

import io.governor.hooks.daemon.DaemonClient;
import io.governor.hooks.daemon.DaemonStatus;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** What the running daemon would have an operator know. Stateless. */
final class DaemonNotices {

  private DaemonNotices() {}

  static List<String> of(Invocation invocation) {
    Path socket = invocation.stateRoot().resolve("run").resolve("hook.sock");
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    DaemonStatus status = DaemonClient.of(invocation.stateRoot()).status();
    return status == null ? List.of() : status.notices();
  }
}
