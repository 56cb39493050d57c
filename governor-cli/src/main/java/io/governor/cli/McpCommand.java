package io.governor.cli;

import picocli.CommandLine.Command;

/** {@code governor mcp}: the Model Context Protocol, governed. */
@Command(
    name = "mcp",
    description = "Govern what clients and servers of the Model Context Protocol say.",
    synopsisSubcommandLabel = "COMMAND")
final class McpCommand implements Runnable {

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor mcp --help lists them");
  }
}
