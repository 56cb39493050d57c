package io.governor.hooks;

import static io.governor.hooks.AnswerWriter.json;
import static io.governor.hooks.AnswerWriter.members;

/**
 * Answers Claude Code. Other arguments are given without a decision: versions 2.1.197 and 2.1.329
 * then run the call with them if the user's own permissions let that call run, so that nothing is
 * allowed by us.
 */
final class ClaudeCodeAnswers implements AnswerWriter {

  @Override
  public HookReply write(HookPayload payload, HookAnswer answer) {
    if (answer instanceof HookAnswer.Refuse refuse) {
      return ClaudeLikeAnswers.refuse(payload, refuse.reason());
    } else if (answer instanceof HookAnswer.Ask ask) {
      return ClaudeLikeAnswers.decide(payload, "ask", ask.reason(), ask.arguments());
    } else if (answer instanceof HookAnswer.Rewrite rewrite) {
      return ClaudeLikeAnswers.told(
          payload, members("updatedInput", rewrite.arguments().asMap()), rewrite.note());
    } else if (answer instanceof HookAnswer.ReplaceResult replace) {
      return ClaudeLikeAnswers.told(
          payload, members("updatedToolOutput", replace.value()), replace.note());
    } else if (answer instanceof HookAnswer.Tell tell) {
      return tell(payload, tell.note());
    }
    return HookReply.SILENCE;
  }

  private static HookReply tell(HookPayload payload, String note) {
    boolean modelListens =
        payload.eventName().equals("PreToolUse") || payload.eventName().equals("PostToolUse");
    return modelListens
        ? ClaudeLikeAnswers.told(payload, members(), note)
        : json(members("systemMessage", note));
  }
}
