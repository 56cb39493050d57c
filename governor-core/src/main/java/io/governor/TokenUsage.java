package io.governor;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one model turn used, as known when an event is written (execution record, section 9.6).
 * Immutable; every field may be null when it was not measured, and 0 is a measurement.
 *
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the answer
 * @param cachedReadTokens tokens read from the provider's cache
 * @param cachedWriteTokens tokens written to the provider's cache
 * @param reasoningTokens tokens spent on reasoning
 * @param model the model's name
 * @param provider the provider's name, such as {@code openai} or {@code anthropic}
 * @param turnId the turn the usage belongs to
 * @param toolUseIds the calls the turn issued
 */
public record TokenUsage(
    @Nullable Long promptTokens,
    @Nullable Long completionTokens,
    @Nullable Long cachedReadTokens,
    @Nullable Long cachedWriteTokens,
    @Nullable Long reasoningTokens,
    @Nullable String model,
    @Nullable String provider,
    @Nullable String turnId,
    List<String> toolUseIds) {

  public TokenUsage {
    toolUseIds = List.copyOf(toolUseIds);
  }

  /** Prompt and completion of one turn; nothing else is known. */
  public static TokenUsage ofTurn(String turnId, @Nullable Long prompt, @Nullable Long completion) {
    return new TokenUsage(prompt, completion, null, null, null, null, null, turnId, List.of());
  }

  /**
   * A number of tokens as others write it (section 9.6): a non-negative integer or an integral
   * float, in at most 64 characters. Anything else is null, which is "not measured".
   */
  public static @Nullable Long count(String text) {
    // A bound on the digits, because an exact value is taken from them.
    if (text.length() > 64 || !text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
      return null;
    }
    try {
      long value = new BigDecimal(text).longValueExact();
      return value < 0 ? null : value;
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  /**
   * What the turn cost: prompt and completion, plus cached reads unless the provider counts them
   * inside the prompt, plus cached writes. Of an unknown provider only prompt and completion count.
   * At least 0.
   */
  public long derivedBurn() {
    long burn = orZero(promptTokens) + orZero(completionTokens);
    if ("anthropic".equals(provider)) {
      return burn + orZero(cachedReadTokens) + orZero(cachedWriteTokens);
    }
    return "openai".equals(provider) ? burn + orZero(cachedWriteTokens) : burn;
  }

  /** Whether any of the tokens that count were measured. */
  public boolean isMeasured() {
    return promptTokens != null
        || completionTokens != null
        || cachedReadTokens != null
        || cachedWriteTokens != null;
  }

  /**
   * All tokens of the turn, cached ones included; the largest number there is where they are more,
   * for a foreign trace may hold any number.
   */
  public long allTokens() {
    long sum = plus(plus(0, promptTokens), completionTokens);
    return plus(plus(sum, cachedReadTokens), cachedWriteTokens);
  }

  private static long plus(long sum, @Nullable Long more) {
    long result = sum + orZero(more);
    return result < 0 ? Long.MAX_VALUE : result;
  }

  private static long orZero(@Nullable Long tokens) {
    return tokens == null ? 0 : tokens;
  }
}
