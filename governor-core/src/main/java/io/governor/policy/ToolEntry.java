package io.governor.policy;

import io.governor.ToolTraits;
import java.util.List;

/**
 * What the names of tools cannot tell. Immutable.
 *
 * @param tools names or globs
 * @param traits what is so; the first entry that matches wins, trait by trait
 */
public record ToolEntry(List<String> tools, ToolTraits traits) {

  public ToolEntry {
    tools = List.copyOf(tools);
    if (tools.isEmpty()) {
      throw new IllegalArgumentException("tools: tool: expected at least one name or glob");
    }
  }
}
