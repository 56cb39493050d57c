package io.governor.cli;

import io.governor.mcp.pin.PinnedServer;
import io.governor.mcp.pin.ToolPin;
import io.governor.mcp.pin.ToolPins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor mcp pins list}: the servers, and how their tools stand. */
@Command(
    name = "list",
    description = {
      "List the servers whose tools are pinned, and how many differ from their pins.",
      "",
      "SUSPECT counts tools with descriptions that hold orders to the model.",
      ""
    })
final class McpPinsListCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  McpPinsListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = invocation.terminal();
    List<PinnedServer> servers = McpPins.servers(invocation, null);
    SortedMap<String, Set<String>> shadows = ToolPins.shadows(servers);
    if (json) {
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      answer.put("servers", servers.stream().map(McpPinsListCommand::json).toList());
      answer.put("shadows", McpPins.json(shadows));
      terminal.answer(Json.text(answer) + "\n");
    } else if (servers.isEmpty()) {
      terminal.answer("No server's tools are pinned.\n");
    } else {
      List<String> lines = new ArrayList<>(terminal.table(table(servers)));
      lines.addAll(told(shadows));
      terminal.answer(lines);
    }
    return ExitCode.DONE;
  }

  private static Table table(List<PinnedServer> servers) {
    Table table =
        Table.of("~SERVER", ">TOOLS", ">CHANGED", ">NEW", ">VANISHED", ">SUSPECT", "LISTED");
    for (PinnedServer server : servers) {
      table.row(
          server.server(),
          server.tools().size(),
          count(server, ToolPin.State.CHANGED),
          count(server, ToolPin.State.NEW),
          count(server, ToolPin.State.VANISHED),
          ToolPins.findings(server).size(),
          server.whole() ? "whole" : "in part");
    }
    return table;
  }

  private static List<String> told(SortedMap<String, Set<String>> shadows) {
    List<String> lines = new ArrayList<>();
    shadows.forEach(
        (tool, servers) ->
            lines.add(
                Text.line(
                    tool
                        + " is a tool of "
                        + String.join(" and of ", servers)
                        + ": a model may take one for the other")));
    if (!lines.isEmpty()) {
      lines.add(0, "");
    }
    return lines;
  }

  private static long count(PinnedServer server, ToolPin.State state) {
    return server.tools().values().stream().filter(pin -> pin.state() == state).count();
  }

  private static Map<String, @Nullable Object> json(PinnedServer server) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("server", server.server());
    answer.put("listed_whole", server.whole());
    List<Object> tools = new ArrayList<>();
    server.tools().values().forEach(pin -> tools.add(json(pin)));
    answer.put("tools", tools);
    List<Object> suspects = new ArrayList<>();
    ToolPins.findings(server)
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

  private static Map<String, @Nullable Object> json(ToolPin pin) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("tool", pin.name());
    answer.put("state", McpPins.word(pin.state()));
    answer.put("since", pin.since().toString());
    answer.put("hash", pin.pinned() == null ? null : pin.pinned().hash());
    return answer;
  }
}
