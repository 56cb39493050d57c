package io.governor.cli;

import picocli.CommandLine.Command;

/** {@code governor mcp pins}: what servers said about their tools when they were trusted. */
@Command(
    name = "pins",
    description = "What MCP servers said about their tools when you trusted them, and say now.",
    synopsisSubcommandLabel = "COMMAND")
final class McpPinsCommand implements Runnable {

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor mcp pins --help lists them");
  }
}
