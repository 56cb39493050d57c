package io.governor.hooks;

import static io.governor.hooks.AnswerWriter.json;
import static io.governor.hooks.AnswerWriter.members;
import static io.governor.hooks.AnswerWriter.text;

/**
 * Answers Codex CLI, which reads answers strictly and knows neither a question nor other arguments
 * without {@code allow}; whether its user is asked about a command is decided elsewhere. What a
 * tool returned can only be replaced by a reason (https://developers.openai.com/codex/hooks).
 */
final class CodexAnswers implements AnswerWriter {

  @Override
  public HookReply write(HookPayload payload, HookAnswer answer) {
    if (answer instanceof HookAnswer.Refuse refuse) {
      return ClaudeLikeAnswers.refuse(payload, refuse.reason());
    } else if (answer instanceof HookAnswer.Ask ask) {
      return ClaudeLikeAnswers.refuse(payload, ask.reason());
    } else if (answer instanceof HookAnswer.Rewrite rewrite) {
      return ClaudeLikeAnswers.decide(payload, "allow", null, rewrite.arguments());
    } else if (answer instanceof HookAnswer.ReplaceResult replace) {
      return json(members("decision", "block", "reason", text(replace.value())));
    } else if (answer instanceof HookAnswer.Tell tell) {
      return json(members("systemMessage", tell.note()));
    }
    return HookReply.SILENCE;
  }
}
