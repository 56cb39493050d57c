package io.governor.samples.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file in which MCP clients are told of their servers, in the form that most of them share. */
record ClientConfiguration(List<String> command) {

  /** How a server is started. */
  static ClientConfiguration read(Path file, String server) throws IOException {
    JsonNode entry = new ObjectMapper().readTree(file.toFile()).path("mcpServers").path(server);
    List<String> command = new ArrayList<>(List.of(entry.path("command").asText()));
    entry.path("args").forEach(argument -> command.add(argument.asText()));
    return new ClientConfiguration(List.copyOf(command));
  }
}
