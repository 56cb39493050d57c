package io.governor.langchain4j;

import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.McpMetaSupplier;
import dev.langchain4j.mcp.protocol.McpCallToolParams;
import dev.langchain4j.mcp.protocol.McpCallToolRequest;
import io.governor.ToolArguments;
import io.governor.seam.CallMarks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks the calls that {@link GovernedTools} let through on their way to an MCP server, so that a
 * governed proxy of the same installation in front of that server counts them no second time. The
 * only class here that needs {@code langchain4j-mcp}. Safe for use by several threads.
 *
 * <pre>{@code
 * McpClient client =
 *     DefaultMcpClient.builder()
 *         .transport(transport)
 *         .metaSupplier(MarkedMcpCalls.by(CallMarks.below(stateRoot)))
 *         .build();
 * McpToolProvider.builder().mcpClients(client).toolWrapper(tools::executor).build();
 * }</pre>
 *
 * <p>The mark stands in the {@code _meta} of {@code tools/call} under {@value
 * io.governor.seam.CallMarks#KEY}; the proxy takes it out. What is not marked is governed at both
 * places, and counted twice: calls that are not made through governed tools, and those that an
 * executor of the host's own makes on another thread, or under another name and other arguments
 * than were judged.
 */
public final class MarkedMcpCalls implements McpMetaSupplier {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  private final CallMarks marks;
  private final @Nullable McpMetaSupplier beside;

  private MarkedMcpCalls(CallMarks marks, @Nullable McpMetaSupplier beside) {
    this.marks = marks;
    this.beside = beside;
  }

  /** Marks with the key of one installation, which the proxy must have as well. */
  public static MarkedMcpCalls by(CallMarks marks) {
    return new MarkedMcpCalls(marks, null);
  }

  /** As before, beside the host's own {@code _meta}, for which LangChain4j has one place only. */
  public MarkedMcpCalls beside(McpMetaSupplier own) {
    return new MarkedMcpCalls(marks, own);
  }

  @Override
  public @Nullable Map<String, Object> apply(@Nullable McpCallContext context) {
    Map<String, Object> own = beside == null ? null : beside.apply(context);
    String mark = mark(context);
    if (mark == null) {
      return own;
    }
    Map<String, Object> meta = new LinkedHashMap<>(already(context));
    if (own != null) {
      meta.putAll(own);
    }
    meta.put(CallMarks.KEY, mark);
    return meta;
  }

  private @Nullable String mark(@Nullable McpCallContext context) {
    try {
      McpCallToolParams params = params(context);
      return params == null ? null : SentCall.mark(marks, params.getName(), arguments(params));
    } catch (RuntimeException | StackOverflowError | LinkageError failure) {
      LOG.warn("a call could not be marked: {}", failure.getClass().getName());
      return null;
    }
  }

  private static ToolArguments arguments(McpCallToolParams params) {
    return params.getArguments() == null
        ? ToolArguments.empty()
        : ToolArguments.ofJson(params.getArguments().toString());
  }

  /** What stands there already, such as the token of a progress, and would be lost. */
  private static Map<String, Object> already(@Nullable McpCallContext context) {
    McpCallToolParams params = params(context);
    return params == null || params.getMeta() == null ? Map.of() : params.getMeta();
  }

  private static @Nullable McpCallToolParams params(@Nullable McpCallContext context) {
    return context != null
            && context.message() instanceof McpCallToolRequest request
            && request.getParams() instanceof McpCallToolParams params
        ? params
        : null;
  }
}
