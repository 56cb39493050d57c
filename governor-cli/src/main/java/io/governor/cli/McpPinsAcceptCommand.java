package io.governor.cli;

import io.governor.mcp.pin.PinnedServer;
import io.governor.mcp.pin.ToolChange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor mcp pins accept}: trusts tools as they were seen last. */
@Command(
    name = "accept",
    description = "Pin a server's tools as they were last seen: all that differ, or those named.")
final class McpPinsAcceptCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(index = "0", paramLabel = "SERVER", description = "The server's name in rules.")
  private String server = "";

  @Parameters(index = "1..*", paramLabel = "TOOL", description = "A tool of it, by its own name.")
  private List<String> tools = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  McpPinsAcceptCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    McpPins.servers(invocation, server);
    Set<String> accepted = new LinkedHashSet<>();
    McpPins.of(invocation)
        .update(
            server,
            before -> {
              accepted.clear();
              accepted.addAll(meant(before));
              return before.accepted(accepted, Instant.now());
            });
    tell(accepted);
    return ExitCode.DONE;
  }

  private Set<String> meant(PinnedServer before) {
    Set<String> differ = new LinkedHashSet<>();
    for (ToolChange change : before.changes()) {
      if (tools.isEmpty() || tools.contains(change.tool())) {
        differ.add(change.tool());
        if (change.renamedFrom() != null) {
          differ.add(change.renamedFrom());
        }
      }
    }
    for (String tool : tools) {
      if (!before.tools().containsKey(tool)) {
        throw CommandFailure.usage(
            "the server has no tool " + tool + ": governor mcp pins list --json shows them");
      }
    }
    return differ;
  }

  private void tell(Set<String> accepted) {
    Terminal terminal = invocation.terminal();
    if (json) {
      Map<String, @Nullable Object> answer = new LinkedHashMap<>();
      answer.put("server", server);
      answer.put("accepted", List.copyOf(new ArrayList<>(accepted)));
      terminal.answer(Json.text(answer) + "\n");
    } else if (accepted.isEmpty()) {
      terminal.answer("Nothing to accept: every tool is as it was pinned.\n");
    } else {
      terminal.answer(accepted.stream().map(tool -> Text.line("Accepted: " + tool)).toList());
    }
  }
}
