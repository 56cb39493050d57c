package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.governor.ToolAnnotations;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what an MCP server says about its tool where LangChain4j's MCP client leaves it. */
final class Specifications {

  private Specifications() {}

  static ToolAnnotations hints(ToolSpecification specification) {
    Map<String, Object> metadata = specification.metadata();
    if (metadata == null || metadata.isEmpty()) {
      return ToolAnnotations.NONE;
    }
    Boolean readOnly = flag(metadata.get("readOnlyHint"));
    Boolean destructive = flag(metadata.get("destructiveHint"));
    return readOnly == null && destructive == null
        ? ToolAnnotations.NONE
        : new ToolAnnotations(readOnly, destructive, false);
  }

  private static @Nullable Boolean flag(@Nullable Object hint) {
    return hint instanceof Boolean flag ? flag : null;
  }
}
