package io.governor.hooks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The coding agents whose hooks are understood; chosen by name, never guessed. */
enum HookAgent {
  CLAUDE_CODE("claude-code", "CLAUDE_PROJECT_DIR", true, true),
  CODEX("codex", null, false, true),
  GEMINI("gemini", "GEMINI_PROJECT_DIR", false, true),
  CURSOR("cursor", "CURSOR_PROJECT_DIR", false, true),
  COPILOT_CLI("copilot-cli", null, true, true),
  WINDSURF("windsurf", "PWD", false, false),
  CLINE("cline", null, false, false),
  KIRO("kiro", null, false, false),
  DROID("droid", "FACTORY_PROJECT_DIR", true, true),
  OPENCODE("opencode", null, false, true);

  private final String agentName;
  private final @Nullable String projectVariable;
  private final boolean asks;
  private final boolean rewrites;

  HookAgent(String agentName, @Nullable String projectVariable, boolean asks, boolean rewrites) {
    this.agentName = agentName;
    this.projectVariable = projectVariable;
    this.asks = asks;
    this.rewrites = rewrites;
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
    List<String> names = new ArrayList<>();
    for (HookAgent agent : values()) {
      names.add(agent.agentName);
    }
    return names;
  }

  /** The name on the command line; also the surface of its traces and its vendor id. */
  String agentName() {
    return agentName;
  }

  /** The variable that names the project's folder to its hooks, or null. */
  @Nullable String projectVariable() {
    return projectVariable;
  }

  /** Whether it asks its user when a hook says so; others are told no. */
  boolean asks() {
    return asks;
  }

  /** Whether it runs calls with other arguments when a hook says so; others are told no. */
  boolean rewrites() {
    return rewrites;
  }

  HookNormaliser normaliser() {
    return switch (this) {
      case CLAUDE_CODE -> ClaudeLikePayloads.claudeCode();
      case CODEX -> ClaudeLikePayloads.codex();
      case GEMINI -> new GeminiPayloads();
      case CURSOR -> new CursorPayloads();
      case COPILOT_CLI -> new CopilotPayloads();
      case WINDSURF -> new WindsurfPayloads();
      case CLINE -> new ClinePayloads();
      case KIRO -> new KiroPayloads();
      case DROID -> ClaudeLikePayloads.droid();
      case OPENCODE -> new OpenCodePayloads();
    };
  }

  AnswerWriter answers() {
    return switch (this) {
      case CLAUDE_CODE -> new ClaudeCodeAnswers();
      case CODEX -> new CodexAnswers();
      case GEMINI -> new GeminiAnswers();
      case CURSOR -> new CursorAnswers();
      case COPILOT_CLI -> new CopilotAnswers();
      case WINDSURF, KIRO -> new ExitCodeAnswers();
      case CLINE -> new ClineAnswers();
      case DROID -> new DroidAnswers();
      case OPENCODE -> new OpenCodeAnswers();
    };
  }
}
