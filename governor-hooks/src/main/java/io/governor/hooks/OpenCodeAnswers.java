package io.governor.hooks;

import static io.governor.hooks.AnswerWriter.json;
import static io.governor.hooks.AnswerWriter.members;

/** Answers our own plugin for OpenCode, whose language docs/hooks.md lays down. */
final class OpenCodeAnswers implements AnswerWriter {

  @Override
  public HookReply write(HookPayload payload, HookAnswer answer) {
    if (answer instanceof HookAnswer.Refuse refuse) {
      return refusal(refuse.reason());
    } else if (answer instanceof HookAnswer.Ask ask) {
      return refusal(ask.reason());
    } else if (answer instanceof HookAnswer.Rewrite rewrite) {
      return json(members("args", rewrite.arguments().asMap()));
    } else if (answer instanceof HookAnswer.ReplaceResult replace) {
      return json(members("output", replace.value()));
    }
    return HookReply.SILENCE;
  }

  @Override
  public HookReply refusal(String reason) {
    return json(members("deny", reason));
  }
}
