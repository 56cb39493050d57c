package io.governor.hooks;

import static io.governor.hooks.AnswerWriter.json;
import static io.governor.hooks.AnswerWriter.members;

/** Answers Cline (https://docs.cline.bot/features/hooks/hook-reference). */
final class ClineAnswers implements AnswerWriter {

  @Override
  public HookReply write(HookPayload payload, HookAnswer answer) {
    if (answer instanceof HookAnswer.Refuse refuse) {
      return refusal(refuse.reason());
    } else if (answer instanceof HookAnswer.Ask ask) {
      return refusal(ask.reason());
    } else if (answer instanceof HookAnswer.Tell tell) {
      return json(members("cancel", false, "contextModification", tell.note()));
    }
    return HookReply.SILENCE;
  }

  @Override
  public HookReply refusal(String reason) {
    return json(members("cancel", true, "errorMessage", reason));
  }
}
