package io.governor.langchain4j;

import dev.langchain4j.model.output.TokenUsage;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What some providers tell beyond prompt and answer. Their classes are not ours to depend on, so
 * the numbers are asked for by the names of their methods; whatever is not there stays unknown.
 *
 * @param cachedRead tokens read from the provider's cache
 * @param cachedWrite tokens written to it
 * @param reasoning tokens spent on reasoning
 */
record UsageDetails(
    @Nullable Long cachedRead, @Nullable Long cachedWrite, @Nullable Long reasoning) {

  private static final UsageDetails NONE = new UsageDetails(null, null, null);

  static UsageDetails of(@Nullable TokenUsage usage) {
    if (usage == null || usage.getClass() == TokenUsage.class) {
      return NONE;
    }
    return new UsageDetails(
        first(
            number(ask(usage, "cacheReadInputTokens")),
            number(ask(ask(usage, "inputTokensDetails"), "cachedTokens")),
            number(ask(usage, "cachedContentTokenCount"))),
        number(ask(usage, "cacheCreationInputTokens")),
        first(
            number(ask(ask(usage, "outputTokensDetails"), "reasoningTokens")),
            number(ask(usage, "thoughtsTokenCount"))));
  }

  private static @Nullable Object ask(@Nullable Object details, String method) {
    if (details == null) {
      return null;
    }
    try {
      Method asked = details.getClass().getMethod(method);
      return asked.invoke(details);
    } catch (ReflectiveOperationException | RuntimeException absent) {
      return null;
    }
  }

  private static @Nullable Long number(@Nullable Object value) {
    return value instanceof Integer count && count >= 0 ? Long.valueOf(count) : null;
  }

  private static @Nullable Long first(@Nullable Long... counts) {
    for (Long count : counts) {
      if (count != null) {
        return count;
      }
    }
    return null;
  }
}
