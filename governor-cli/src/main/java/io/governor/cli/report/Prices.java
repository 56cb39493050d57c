package io.governor.cli.report;

import io.governor.TokenUsage;
import io.governor.json.Decimals;
import io.governor.pattern.Glob;
import io.governor.yaml.Place;
import io.governor.yaml.PlainScalars;
import io.governor.yaml.YamlNode;
import io.governor.yaml.YamlProblem;
import io.governor.yaml.YamlReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a million tokens cost, by model, as the operator says: there are no prices of our own,
 * because they change and differ by contract. Immutable.
 *
 * <pre>
 * currency: USD
 * models:
 *   - {model: "claude-sonnet-*", prompt: 3, completion: 15, cached_read: 0.30, cached_write: 3.75}
 * </pre>
 *
 * <p>The first entry whose glob fits a model's name holds. What an entry does not price is free.
 */
public final class Prices {

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);
  private static final int MAX_LENGTH = 64 << 10;
  private static final Set<String> NAMES =
      Set.of("model", "prompt", "completion", "cached_read", "cached_write");
  private static final String CURRENCY = "[A-Z]{3}";

  private record Entry(
      Glob model,
      BigDecimal prompt,
      BigDecimal completion,
      BigDecimal cachedRead,
      BigDecimal cachedWrite) {}

  private final String source;
  private final List<Entry> entries = new ArrayList<>();
  private String currency = "";

  private Prices(String source) {
    this.source = source;
  }

  /**
   * Reads a table of prices.
   *
   * @param source what messages call it
   * @throws IllegalArgumentException if it is no such table; the message says where and what would
   *     be accepted
   */
  public static Prices parse(String source, String yaml) {
    Prices prices = new Prices(source);
    try {
      prices.read(YamlReader.read(yaml, PlainScalars.YAML_1_2, MAX_LENGTH));
    } catch (YamlProblem e) {
      throw new IllegalArgumentException(source + ":" + e.getMessage(), e);
    }
    return prices;
  }

  /** Three capitals, such as {@code USD}. */
  public String currency() {
    return currency;
  }

  /** What one turn cost, or null when no entry fits its model. */
  @Nullable BigDecimal of(TokenUsage usage) {
    String model = usage.model() == null ? "" : usage.model();
    for (Entry entry : entries) {
      if (entry.model().matches(model)) {
        return cost(entry, usage);
      }
    }
    return null;
  }

  private static BigDecimal cost(Entry entry, TokenUsage usage) {
    long cached = orZero(usage.cachedReadTokens());
    long prompt = orZero(usage.promptTokens());
    // OpenAI counts what came from its cache among the prompt's tokens as well.
    long paidInFull = "openai".equals(usage.provider()) ? Math.max(0, prompt - cached) : prompt;
    return times(entry.prompt(), paidInFull)
        .add(times(entry.completion(), orZero(usage.completionTokens())))
        .add(times(entry.cachedRead(), cached))
        .add(times(entry.cachedWrite(), orZero(usage.cachedWriteTokens())))
        .divide(MILLION);
  }

  private static BigDecimal times(BigDecimal price, long tokens) {
    return price.multiply(BigDecimal.valueOf(tokens));
  }

  private static long orZero(@Nullable Long tokens) {
    return tokens == null ? 0 : tokens;
  }

  private void read(@Nullable YamlNode root) {
    if (!(root instanceof YamlNode.Mapping table)) {
      throw refusal(root, "expected a mapping with currency and models");
    }
    known(table, Set.of("currency", "models"));
    YamlNode code = value(table, "currency");
    if (!(code instanceof YamlNode.Scalar scalar)
        || !(scalar.value() instanceof String text)
        || !text.matches(CURRENCY)) {
      throw refusal(code == null ? table : code, "currency: expected three capitals, such as USD");
    }
    currency = text;
    YamlNode models = value(table, "models");
    if (!(models instanceof YamlNode.Sequence list)) {
      throw refusal(models == null ? table : models, "models: expected a list");
    }
    list.items().forEach(this::entry);
  }

  private void entry(YamlNode item) {
    if (!(item instanceof YamlNode.Mapping entry)) {
      throw refusal(item, "expected {model, prompt, completion, cached_read, cached_write}");
    }
    known(entry, NAMES);
    YamlNode model = value(entry, "model");
    if (!(model instanceof YamlNode.Scalar scalar) || !(scalar.value() instanceof String name)) {
      throw refusal(model == null ? entry : model, "model: expected a name or a glob");
    }
    entries.add(
        new Entry(
            glob(model, name),
            price(entry, "prompt"),
            price(entry, "completion"),
            price(entry, "cached_read"),
            price(entry, "cached_write")));
  }

  private Glob glob(YamlNode at, String name) {
    try {
      return Glob.of(name);
    } catch (IllegalArgumentException e) {
      throw refusal(at, "model: " + e.getMessage());
    }
  }

  private BigDecimal price(YamlNode.Mapping entry, String name) {
    YamlNode node = value(entry, name);
    if (node == null) {
      return BigDecimal.ZERO;
    }
    BigDecimal price = node instanceof YamlNode.Scalar scalar ? Decimals.of(scalar.value()) : null;
    if (price == null || price.signum() < 0 || price.compareTo(HIGHEST) > 0) {
      throw refusal(node, name + ": expected the price of a million tokens, 0 to 1000000");
    }
    return price;
  }

  private void known(YamlNode.Mapping mapping, Set<String> names) {
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!names.contains(key)) {
                throw new IllegalArgumentException(
                    located(entry.keyPlace())
                        + "unknown key; expected "
                        + String.join(", ", names.stream().sorted().toList()));
              }
            });
  }

  private static @Nullable YamlNode value(YamlNode.Mapping mapping, String name) {
    Map<String, YamlNode.Entry> entries = mapping.entries();
    YamlNode.Entry entry = entries.get(name);
    return entry == null ? null : entry.value();
  }

  private String located(Place place) {
    return source + ":" + place.line() + ":" + place.column() + ": ";
  }

  private IllegalArgumentException refusal(@Nullable YamlNode at, String expected) {
    return new IllegalArgumentException(
        at == null ? source + ": " + expected : located(at.place()) + expected);
  }
}
