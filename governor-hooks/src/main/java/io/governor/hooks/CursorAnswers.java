package io.governor.hooks;

import static io.governor.hooks.AnswerWriter.json;
import static io.governor.hooks.AnswerWriter.members;

/**
 * Answers Cursor (https://cursor.com/docs/hooks). Its hooks can ask about some calls only, so
 * questions are refusals; of results it takes those of MCP tools.
 */
final class CursorAnswers implements AnswerWriter {

  @Override
  public HookReply write(HookPayload payload, HookAnswer answer) {
    if (answer instanceof HookAnswer.Refuse refuse) {
      return deny(refuse.reason());
    } else if (answer instanceof HookAnswer.Ask ask) {
      return deny(ask.reason());
    } else if (answer instanceof HookAnswer.Rewrite rewrite) {
      return json(members("updated_input", rewrite.arguments().asMap()));
    } else if (answer instanceof HookAnswer.ReplaceResult replace) {
      return json(members("updated_mcp_tool_output", replace.value()));
    } else if (answer instanceof HookAnswer.Tell tell
        && payload.event() instanceof HookEvent.AfterTool) {
      return json(members("additional_context", tell.note()));
    }
    return HookReply.SILENCE;
  }

  @Override
  public HookReply refusal(String reason) {
    return deny(reason);
  }

  private static HookReply deny(String reason) {
    return json(members("permission", "deny", "user_message", reason, "agent_message", reason));
  }
}
