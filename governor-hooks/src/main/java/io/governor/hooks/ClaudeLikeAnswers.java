package io.governor.hooks;

import static io.governor.hooks.AnswerWriter.json;
import static io.governor.hooks.AnswerWriter.members;
import static io.governor.hooks.AnswerWriter.orNull;

import io.governor.ToolArguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words that Claude Code has for answers and others took over, as its hooks reference has them
 * (https://code.claude.com/docs/en/hooks).
 */
final class ClaudeLikeAnswers {

  private ClaudeLikeAnswers() {}

  /** A decision about a call, or about the question whether it may run. */
  static HookReply refuse(HookPayload payload, String reason) {
    return payload.event() instanceof HookEvent.AskedPermission
        ? specific(payload, members("decision", members("behavior", "deny", "message", reason)))
        : decide(payload, "deny", reason, null);
  }

  static HookReply decide(
      HookPayload payload,
      @Nullable String decision,
      @Nullable String reason,
      @Nullable ToolArguments arguments) {
    return specific(
        payload,
        members(
            "permissionDecision",
            decision,
            "permissionDecisionReason",
            reason,
            "updatedInput",
            arguments == null ? null : arguments.asMap()));
  }

  static HookReply specific(HookPayload payload, Map<String, @Nullable Object> output) {
    return told(payload, output, "");
  }

  /** Something beside what the agent is told: the user sees it, and the model too. */
  static HookReply told(HookPayload payload, Map<String, @Nullable Object> output, String note) {
    Map<String, @Nullable Object> specific = members("hookEventName", payload.eventName());
    specific.putAll(output);
    specific.putAll(members("additionalContext", orNull(note)));
    return json(members("systemMessage", orNull(note), "hookSpecificOutput", specific));
  }
}
