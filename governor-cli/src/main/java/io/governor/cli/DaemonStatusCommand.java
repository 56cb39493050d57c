package io.governor.cli;

import io.governor.hooks.daemon.DaemonClient;
import io.governor.hooks.daemon.DaemonStatus;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor daemon status}: whether it runs, and what it has done. */
@Command(
    name = "status",
    description = "Show whether the daemon runs. Exits with 1 when it does not.")
final class DaemonStatusCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  DaemonStatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    DaemonStatus status = DaemonClient.of(invocation.stateRoot()).status();
    if (json) {
      invocation.terminal().answer(Json.text(members(status)) + "\n");
    } else {
      invocation
          .terminal()
          .answer(status == null ? List.of("no daemon is running") : lines(status));
    }
    return status == null ? ExitCode.FOUND : ExitCode.DONE;
  }

  private static List<String> lines(DaemonStatus status) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of(
            "process    "
                + status.pid()
                + ", since "
                + status.started().truncatedTo(ChronoUnit.SECONDS),
            "build      " + status.build(),
            "answered   "
                + status.answered()
                + (status.failed() == 0 ? "" : ", failed " + status.failed()),
            "ends       after " + status.idle() + " without a call",
            "loopback   " + loopback(status)));
    status.notices().forEach(notice -> lines.add("notice     " + notice));
    return lines;
  }

  private static String loopback(DaemonStatus status) {
    if (!status.problem().isEmpty()) {
      return status.problem();
    }
    return status.port() == 0 ? "off" : "http://127.0.0.1:" + status.port();
  }

  private static Map<String, @Nullable Object> members(@Nullable DaemonStatus status) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("running", status != null);
    if (status != null) {
      members.put("pid", status.pid());
      members.put("started", status.started().toString());
      members.put("build", status.build());
      members.put("answered", status.answered());
      members.put("failed", status.failed());
      members.put("under_way", status.underWay());
      members.put("idle", status.idle().toString());
      members.put("port", status.port());
      members.put("problem", status.problem());
      members.put("notices", status.notices());
    }
    return members;
  }
}
