package io.governor.hooks;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The coding agents whose hooks are understood; chosen by name, never guessed. */
enum HookAgent {
  CLAUDE_CODE("claude-code");

  private final String agentName;

  HookAgent(String agentName) {
    this.agentName = agentName;
  }

  /** The agent of that name, or null when there is none. */
  static @Nullable HookAgent named(String name) {
    for (HookAgent agent : values()) {
      if (agent.agentName.equals(name)) {
        return agent;
      }
    }
    return null;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(HookAgent::agentName).toList();
  }

  /** The name on the command line; also the surface of its traces and its vendor id. */
  String agentName() {
    return agentName;
  }

  HookNormaliser normaliser() {
    return switch (this) {
      case CLAUDE_CODE -> new ClaudeCodePayloads();
    };
  }
}
