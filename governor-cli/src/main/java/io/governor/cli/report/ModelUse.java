package io.governor.cli.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the turns of one model used. Immutable.
 *
 * @param model its name, or empty where the traces name none
 * @param turns how many turns
 * @param prompt tokens of prompts
 * @param completion tokens of answers
 * @param cachedRead tokens read from the provider's cache
 * @param cachedWrite tokens written to it
 * @param cost what they cost by the prices that were given, or null when none fits
 */
public record ModelUse(
    String model,
    long turns,
    long prompt,
    long completion,
    long cachedRead,
    long cachedWrite,
    @Nullable BigDecimal cost) {

  /** All tokens, as {@code pulse} counts them. */
  public long tokens() {
    return prompt + completion + cachedRead + cachedWrite;
  }
}
