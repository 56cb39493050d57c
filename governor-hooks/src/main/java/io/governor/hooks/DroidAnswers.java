package io.governor.hooks;

import static io.governor.hooks.AnswerWriter.json;
import static io.governor.hooks.AnswerWriter.members;

/**
 * Answers Factory Droid (https://docs.factory.ai/reference/hooks-reference). Nobody has tried what
 * it makes of other arguments without a decision, so its user is asked about them.
 */
final class DroidAnswers implements AnswerWriter {

  private static final String CHANGED = "Governor has taken something out of the arguments.";

  @Override
  public HookReply write(HookPayload payload, HookAnswer answer) {
    if (answer instanceof HookAnswer.Refuse refuse) {
      return ClaudeLikeAnswers.refuse(payload, refuse.reason());
    } else if (answer instanceof HookAnswer.Ask ask) {
      return ClaudeLikeAnswers.decide(payload, "ask", ask.reason(), ask.arguments());
    } else if (answer instanceof HookAnswer.Rewrite rewrite) {
      return ClaudeLikeAnswers.decide(payload, "ask", CHANGED, rewrite.arguments());
    } else if (answer instanceof HookAnswer.Tell tell) {
      return json(members("systemMessage", tell.note()));
    }
    return HookReply.SILENCE;
  }
}
