package io.governor.cli;

import io.governor.mcp.pin.Difference;
import io.governor.mcp.pin.PinnedServer;
import io.governor.mcp.pin.ToolChange;
import io.governor.mcp.pin.ToolFinding;
import io.governor.mcp.pin.ToolPins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor mcp pins diff}: what differs from the pins. */
@Command(
    name = "diff",
    description = {
      "Show what differs from the pins, as the server was last seen; nothing is run.",
      "",
      "Lines with ! say what widens, those with ? what nobody but the model was to read.",
      "Exits with 1 when there is something to see.",
      ""
    })
final class McpPinsDiffCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(arity = "0..1", paramLabel = "SERVER", description = "One server; all by default.")
  private @Nullable String server;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  McpPinsDiffCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = invocation.terminal();
    List<PinnedServer> servers = McpPins.servers(invocation, server);
    if (json) {
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      answer.put("servers", servers.stream().map(McpPinsDiffCommand::json).toList());
      terminal.answer(Json.text(answer) + "\n");
    } else {
      terminal.answer(text(servers));
    }
    return servers.stream().allMatch(McpPinsDiffCommand::isClean) ? ExitCode.DONE : ExitCode.FOUND;
  }

  private static boolean isClean(PinnedServer server) {
    return server.changes().isEmpty() && ToolPins.findings(server).isEmpty();
  }

  private static List<String> text(List<PinnedServer> servers) {
    List<String> lines = new ArrayList<>();
    for (PinnedServer server : servers) {
      List<ToolChange> changes = server.changes();
      changes.forEach(change -> lines.addAll(lines(server.server(), change)));
      unchanged(server, changes)
          .forEach(
              (tool, findings) -> {
                lines.add(Text.line(server.server() + " " + tool + ": as pinned"));
                findings.forEach(finding -> lines.add(line(finding)));
              });
      if (!changes.isEmpty()) {
        lines.add(
            "governor mcp pins accept " + server.server() + " [TOOL…] trusts them as they are.");
      }
    }
    return lines.isEmpty() ? List.of("Every tool is as it was pinned.") : lines;
  }

  private static List<String> lines(String server, ToolChange change) {
    List<String> lines = new ArrayList<>();
    String from = change.renamedFrom();
    lines.add(
        Text.line(
            server
                + " "
                + change.tool()
                + ": "
                + McpPins.word(change.state())
                + (from == null ? "" : ", takes the same as " + from + " did, which vanished")));
    for (Difference difference : change.differences()) {
      lines.add(
          Text.line(
              (difference.widens() ? "  ! " : "    ") + difference.at() + " " + difference.what()));
    }
    change.findings().forEach(finding -> lines.add(line(finding)));
    return lines;
  }

  private static String line(ToolFinding finding) {
    return Text.line("  ? " + finding.at() + " " + finding.kind().meaning());
  }

  /** What stood in descriptions already when they were pinned. */
  private static SortedMap<String, List<ToolFinding>> unchanged(
      PinnedServer server, List<ToolChange> changes) {
    SortedMap<String, List<ToolFinding>> findings = ToolPins.findings(server);
    changes.forEach(change -> findings.remove(change.tool()));
    return findings;
  }

  private static Map<String, @Nullable Object> json(PinnedServer server) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    List<ToolChange> changes = server.changes();
    answer.put("server", server.server());
    answer.put("changes", changes.stream().map(McpPinsDiffCommand::json).toList());
    List<Object> suspects = new ArrayList<>();
    unchanged(server, changes)
        .forEach(
            (tool, findings) -> {
              Map<String, @Nullable Object> suspect = new LinkedHashMap<>();
              suspect.put("tool", tool);
              suspect.put("findings", findings.stream().map(McpPins::json).toList());
              suspects.add(suspect);
            });
    answer.put("suspects", suspects);
    return answer;
  }

  private static Map<String, @Nullable Object> json(ToolChange change) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("tool", change.tool());
    answer.put("state", McpPins.word(change.state()));
    answer.put("renamed_from", change.renamedFrom());
    answer.put("widens", change.widens());
    List<Object> differences = new ArrayList<>();
    for (Difference difference : change.differences()) {
      Map<String, @Nullable Object> each = new LinkedHashMap<>();
      each.put("at", difference.at());
      each.put("what", difference.what());
      each.put("widens", difference.widens());
      differences.add(each);
    }
    answer.put("differences", differences);
    answer.put("findings", change.findings().stream().map(McpPins::json).toList());
    return answer;
  }
}
