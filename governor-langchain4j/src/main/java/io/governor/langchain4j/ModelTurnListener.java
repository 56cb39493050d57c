package io.governor.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the model itself what a turn used and whose model it was. LangChain4j swallows what a
 * model listener throws. Safe for use by several threads.
 */
final class ModelTurnListener implements ChatModelListener {

  /** The answer may come on another thread; the attributes travel with the call. */
  @Override
  public void onRequest(ChatModelRequestContext context) {
    Run asking = Question.askedBy(context.chatRequest());
    if (asking != null) {
      context.attributes().put(this, asking);
    }
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    if (context.attributes().get(this) instanceof Run run) {
      run.turns().answered(context.chatResponse(), provider(context.modelProvider()));
    }
  }

  /** The execution record's words: {@code openai}, {@code anthropic}, others in lower case. */
  static @Nullable String provider(@Nullable ModelProvider provider) {
    if (provider == null || provider == ModelProvider.OTHER) {
      return null;
    }
    return provider == ModelProvider.OPEN_AI ? "openai" : provider.name().toLowerCase(Locale.ROOT);
  }
}
