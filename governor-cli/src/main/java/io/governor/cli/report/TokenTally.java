package io.governor.cli.report;

import io.governor.TokenUsage;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what model turns used. A turn counts once, with its first snapshot that has tokens
 * (execution record, section 12.1). Holds one entry for each turn. Confined to one thread.
 */
final class TokenTally {

  private record Turn(String sessionId, String turnId) {}

  private static final class Sum {
    long turns;
    long prompt;
    long completion;
    long cachedRead;
    long cachedWrite;
    @Nullable BigDecimal cost;
  }

  private final @Nullable Prices prices;
  private final Set<Turn> seen = new HashSet<>();
  private final Map<String, Sum> byModel = new TreeMap<>();

  TokenTally(@Nullable Prices prices) {
    this.prices = prices;
  }

  /** The tokens that the snapshot adds, 0 when its turn has been counted or it has no turn. */
  long add(String sessionId, TokenUsage usage) {
    String turnId = usage.turnId();
    if (turnId == null || turnId.isEmpty() || !usage.isMeasured()) {
      return 0;
    }
    if (!seen.add(new Turn(sessionId, turnId))) {
      return 0;
    }
    String model = usage.model() == null ? "" : usage.model();
    Sum sum = byModel.computeIfAbsent(model, any -> new Sum());
    sum.turns++;
    sum.prompt = plus(sum.prompt, usage.promptTokens());
    sum.completion = plus(sum.completion, usage.completionTokens());
    sum.cachedRead = plus(sum.cachedRead, usage.cachedReadTokens());
    sum.cachedWrite = plus(sum.cachedWrite, usage.cachedWriteTokens());
    BigDecimal cost = prices == null ? null : prices.of(usage);
    if (cost != null) {
      sum.cost = sum.cost == null ? cost : sum.cost.add(cost);
    }
    return usage.allTokens();
  }

  /** The sum of two counts, or the largest there is: a foreign trace may hold any number. */
  private static long plus(long sum, @Nullable Long more) {
    long result = sum + (more == null ? 0 : more);
    return result < 0 ? Long.MAX_VALUE : result;
  }

  List<ModelUse> byModel() {
    return byModel.entrySet().stream()
        .map(entry -> use(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(ModelUse::tokens).reversed())
        .toList();
  }

  private static ModelUse use(String model, Sum sum) {
    return new ModelUse(
        model, sum.turns, sum.prompt, sum.completion, sum.cachedRead, sum.cachedWrite, sum.cost);
  }
}
