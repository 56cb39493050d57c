package io.governor.langchain4j;

import io.governor.Decision;
import io.governor.ToolArguments;
import io.governor.json.CanonicalJson;
import io.governor.seam.CallMarks;
import org.jspecify.annotations.Nullable;

/**
 * The governed call that a thread is inside of, for as long as its tool runs: what leaves the
 * thread meanwhile and is this very call may bear its mark, once. Belongs to its thread.
 */
final class SentCall {

  /** LangChain4j's; the module with it need not be there. */
  private static final String MCP_EXECUTOR = "dev.langchain4j.mcp.McpToolExecutor";

  private static final ThreadLocal<@Nullable SentCall> CURRENT = new ThreadLocal<>();

  private final Decision decision;
  private final boolean mcp;
  private boolean marked;

  private SentCall(Decision decision, boolean mcp) {
    this.decision = decision;
    this.mcp = mcp;
  }

  /**
   * The tool begins to run.
   *
   * @return what to give to {@link #leave}
   */
  static @Nullable SentCall enter(Decision decision, Object tool) {
    SentCall outer = CURRENT.get();
    CURRENT.set(new SentCall(decision, tool.getClass().getName().equals(MCP_EXECUTOR)));
    return outer;
  }

  static void leave(@Nullable SentCall outer) {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /**
   * The mark for a call that is about to be sent.
   *
   * @return null unless it is the governed one: with the same arguments, and sent by LangChain4j's
   *     own executor of MCP tools, which may know the tool by another name, or with the same name
   */
  static @Nullable String mark(CallMarks marks, String tool, ToolArguments sent) {
    SentCall current = CURRENT.get();
    return current == null || !current.is(tool, sent)
        ? null
        : current.marked(marks.mark(current.decision, tool, sent));
  }

  private boolean is(String tool, ToolArguments sent) {
    ToolArguments allowed = decision.arguments();
    return !marked
        && (mcp || decision.call().name().equals(tool))
        && sent.problem() == null
        && allowed.problem() == null
        && CanonicalJson.text(sent.asMap()).equals(CanonicalJson.text(allowed.asMap()));
  }

  private @Nullable String marked(@Nullable String mark) {
    marked = mark != null;
    return mark;
  }
}
