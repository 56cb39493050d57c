package io.governor.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.TokenUsage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {

  private static final String TABLE =
      """
      currency: EUR
      models:
        - {model: "claude-*", prompt: 3, completion: 15, cached_read: 0.30, cached_write: 3.75}
        - {model: "gpt-6", prompt: 2, completion: 8, cached_read: 0.5}
        - {model: "*", prompt: 1}
      """;

  @ParameterizedTest
  @CsvSource({
    // provider, model, prompt, completion, cache read, cache write, cost
    "anthropic, claude-x, 1000000, 0, 0, 0, 3",
    "anthropic, claude-x, 1000000, 1000000, 1000000, 1000000, 22.05",
    "openai, gpt-6, 1000000, 0, 400000, 0, 1.4",
    "openai, gpt-6, 100, 0, 400000, 0, 0.2",
    "other, some, 500000, 9, 9, 9, 0.5",
    "other, , 500000, , , , 0.5",
  })
  void aTurnCostsWhatItsTokensCost(
      String provider,
      @Nullable String model,
      Long prompt,
      @Nullable Long completion,
      @Nullable Long cachedRead,
      @Nullable Long cachedWrite,
      BigDecimal cost) {
    TokenUsage usage =
        new TokenUsage(
            prompt, completion, cachedRead, cachedWrite, null, model, provider, "t", List.of());

    assertThat(Prices.parse("prices.yaml", TABLE).of(usage)).isEqualByComparingTo(cost);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|prices.yaml:1:1: expected a mapping with currency and models",
        "''|prices.yaml: expected a mapping with currency and models",
        "{currency: euro}|prices.yaml:1:12: currency: expected three capitals, such as USD",
        "{currency: EUR}|prices.yaml:1:1: models: expected a list",
        "{currency: EUR, models: 1}|prices.yaml:1:25: models: expected a list",
        "{currency: EUR, model: []}|prices.yaml:1:17: unknown key; expected currency, models",
        "{currency: EUR, models: [{}]}|prices.yaml:1:26: model: expected a name or a glob",
        "{currency: EUR, models: [{model: a, prompt: free}]}|prices.yaml:1:45: prompt: expected the"
            + " price of a million tokens, 0 to 1000000",
        "{currency: EUR, models: [{model: a, prompt: -1}]}|prices.yaml:1:45: prompt: expected the"
            + " price of a million tokens, 0 to 1000000",
        "{currency: EUR, models: [{model: a, promt: 1}]}|prices.yaml:1:37: unknown key; expected"
            + " cached_read, cached_write, completion, model, prompt",
      })
  void whatIsNoTableIsRefusedWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> Prices.parse("prices.yaml", yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
