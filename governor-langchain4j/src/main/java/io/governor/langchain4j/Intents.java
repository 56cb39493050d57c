package io.governor.langchain4j;

import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import io.governor.Agent;
import io.governor.Intent;
import java.util.List;
import java.util.StringTokenizer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session is for: what the host states, else the user's message, of which only the length is
 * recorded unless the host wants its words (execution record, section 9.3).
 *
 * @param agent who runs
 * @param stated what the host states, null where it states nothing
 * @param words whether the message itself is recorded
 */
record Intents(
    Agent agent, Function<@Nullable InvocationContext, @Nullable Intent> stated, boolean words) {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  /** A pasted document must not make the event too large to be written. */
  private static final int LONGEST_TEXT = 2000;

  Intent of(@Nullable InvocationContext context, @Nullable UserMessage message) {
    Intent given = stated(context);
    if (given != null) {
      List<String> hint = given.scopeHint();
      return new Intent(
          given.objective(),
          given.source(),
          given.authorizationClaim() == null ? agent.ownerClaim() : given.authorizationClaim(),
          hint.isEmpty() ? agent.declaredCapabilities() : hint);
    }
    if (message == null) {
      return Intent.none(agent.declaredCapabilities().toArray(String[]::new));
    }
    return Intent.inferred(objective(message), agent.declaredCapabilities())
        .authorizedBy(agent.ownerClaim());
  }

  private @Nullable Intent stated(@Nullable InvocationContext context) {
    try {
      return stated.apply(context);
    } catch (RuntimeException | StackOverflowError failure) {
      LOG.warn(
          "the function that states intents failed: {}; the default applies",
          failure.getClass().getName());
      return null;
    }
  }

  private String objective(UserMessage message) {
    StringBuilder text = new StringBuilder();
    for (Content content : message.contents()) {
      if (content instanceof TextContent part) {
        text.append(text.isEmpty() ? "" : "\n").append(part.text());
      }
    }
    return words
        ? shortened(text.toString())
        : "[user message, " + new StringTokenizer(text.toString()).countTokens() + " words]";
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
    return text.substring(0, splitsPair ? LONGEST_TEXT - 1 : LONGEST_TEXT) + " […]";
  }
}
