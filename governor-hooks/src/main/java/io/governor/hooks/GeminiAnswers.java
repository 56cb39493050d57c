package io.governor.hooks;

import static io.governor.hooks.AnswerWriter.json;
import static io.governor.hooks.AnswerWriter.members;
import static io.governor.hooks.AnswerWriter.orNull;
import static io.governor.hooks.AnswerWriter.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers Gemini CLI (https://geminicli.com/docs/hooks/reference). Other arguments are merged into
 * those there are; a result is replaced by refusing it, with the new text as the reason.
 */
final class GeminiAnswers implements AnswerWriter {

  @Override
  public HookReply write(HookPayload payload, HookAnswer answer) {
    if (answer instanceof HookAnswer.Refuse refuse) {
      return json(members("decision", "deny", "reason", refuse.reason()));
    } else if (answer instanceof HookAnswer.Ask ask) {
      return json(members("decision", "deny", "reason", ask.reason()));
    } else if (answer instanceof HookAnswer.Rewrite rewrite) {
      Map<String, @Nullable Object> specific =
          members("hookEventName", payload.eventName(), "tool_input", rewrite.arguments().asMap());
      return json(members("systemMessage", orNull(rewrite.note()), "hookSpecificOutput", specific));
    } else if (answer instanceof HookAnswer.ReplaceResult replace) {
      return json(members("decision", "deny", "reason", shown(replace.value())));
    } else if (answer instanceof HookAnswer.Tell tell) {
      return json(members("systemMessage", tell.note()));
    }
    return HookReply.SILENCE;
  }

  /** What the model is given of a result. */
  private static String shown(@Nullable Object value) {
    return value instanceof Map<?, ?> result && result.containsKey("llmContent")
        ? text(result.get("llmContent"))
        : text(value);
  }
}
