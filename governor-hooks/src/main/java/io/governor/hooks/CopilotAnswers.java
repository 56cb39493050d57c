package io.governor.hooks;

import static io.governor.hooks.AnswerWriter.json;
import static io.governor.hooks.AnswerWriter.members;
import static io.governor.hooks.AnswerWriter.text;

import io.governor.ToolArguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers Copilot CLI, which passes over failed hooks, so that refusals are never left to an exit
 * code (https://docs.github.com/copilot/reference/hooks-configuration). It reads decisions at the
 * top level, and those for event names in Pascal case as Claude Code has them; both are written.
 */
final class CopilotAnswers implements AnswerWriter {

  @Override
  public HookReply write(HookPayload payload, HookAnswer answer) {
    if (answer instanceof HookAnswer.Refuse refuse) {
      return decide("deny", refuse.reason(), null);
    } else if (answer instanceof HookAnswer.Ask ask) {
      return decide("ask", ask.reason(), ask.arguments());
    } else if (answer instanceof HookAnswer.Rewrite rewrite) {
      return decide(null, null, rewrite.arguments());
    } else if (answer instanceof HookAnswer.ReplaceResult replace) {
      return json(
          members(
              "modifiedResult",
              members("resultType", "success", "textResultForLlm", text(replace.value()))));
    }
    return HookReply.SILENCE;
  }

  @Override
  public HookReply refusal(String reason) {
    return decide("deny", reason, null);
  }

  private static HookReply decide(
      @Nullable String decision, @Nullable String reason, @Nullable ToolArguments arguments) {
    Map<String, ?> changed = arguments == null ? null : arguments.asMap();
    return json(
        members(
            "permissionDecision",
            decision,
            "permissionDecisionReason",
            reason,
            "modifiedArgs",
            changed,
            "hookSpecificOutput",
            members(
                "hookEventName",
                "PreToolUse",
                "permissionDecision",
                decision,
                "permissionDecisionReason",
                reason,
                "updatedInput",
                changed)));
  }
}
