package io.governor;

import java.util.Locale;

/**
 * The adapter a tool call came through; the member {@code governor.origin} of the execution record.
 */
public enum Origin {
  /** An AI service or agent of LangChain4j. */
  LANGCHAIN4J,
  /** The Model Context Protocol. */
  MCP,
  /** A coding agent's hook. */
  HOOK,
  /** The host's own code. */
  API;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The word used in traces and policies. */
  public String wireName() {
    return wireName;
  }
}
