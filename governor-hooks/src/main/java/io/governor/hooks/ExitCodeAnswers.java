package io.governor.hooks;

/**
 * Answers agents that listen to exit codes only, such as Windsurf
 * (https://docs.windsurf.com/windsurf/cascade/hooks) and Kiro (https://kiro.dev/docs/cli/hooks).
 */
final class ExitCodeAnswers implements AnswerWriter {

  @Override
  public HookReply write(HookPayload payload, HookAnswer answer) {
    if (answer instanceof HookAnswer.Refuse refuse) {
      return refusal(refuse.reason());
    } else if (answer instanceof HookAnswer.Ask ask) {
      return refusal(ask.reason());
    }
    return HookReply.SILENCE;
  }
}
