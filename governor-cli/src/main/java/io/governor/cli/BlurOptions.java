package io.governor.cli;

import io.governor.sync.Alignment;
import io.governor.sync.NoiseBudget;
import io.governor.sync.RunOptions;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How exact the numbers are that are sent: what is typed comes before the configuration. */
final class BlurOptions {

  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

  @Option(
      names = "--min-count",
      paramLabel = "K",
      description = "Withhold counts from 1 to K-1 until a later window; 1 withholds none.")
  private @Nullable String minCount;

  @Option(
      names = "--dp",
      paramLabel = "EPSILON",
      description = "Add noise: differential privacy with this epsilon for the window.")
  private @Nullable String epsilon;

  @Option(
      names = "--align",
      paramLabel = "day|hour",
      description = "End the window with a whole day or hour; the rest waits.")
  private @Nullable String align;

  /** Whether whole hours or days were typed. */
  boolean aligns() {
    return align != null;
  }

  /**
   * The options with what was typed.
   *
   * @throws CommandFailure if a value is out of its bounds
   */
  RunOptions over(RunOptions configured) {
    RunOptions options = configured;
    if (minCount != null) {
      options = options.withholdingBelow(count(minCount));
    }
    if (epsilon != null) {
      options = options.withNoise(noise(decimal(epsilon), configured.noise()));
    }
    return align == null ? options : options.alignedTo(alignment(align));
  }

  private static long count(String text) {
    long count = WHOLE.matcher(text).matches() ? Long.parseLong(text) : 0;
    if (count < 1 || count > RunOptions.MOST_MIN_COUNT) {
      throw CommandFailure.usage(
          "--min-count: expected a whole number from 1 to " + RunOptions.MOST_MIN_COUNT);
    }
    return count;
  }

  private static BigDecimal decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw CommandFailure.usage(
          "--dp: expected a number from "
              + NoiseBudget.LEAST_EPSILON
              + " to "
              + NoiseBudget.MOST_EPSILON
              + " with at most 3 decimals");
    }
    return new BigDecimal(text);
  }

  private static NoiseBudget noise(BigDecimal epsilon, @Nullable NoiseBudget configured) {
    try {
      return configured != null && configured.daily().compareTo(epsilon) >= 0
          ? new NoiseBudget(epsilon, configured.daily())
          : NoiseBudget.of(epsilon);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--dp: " + e.getMessage());
    }
  }

  private static Alignment alignment(String text) {
    return switch (text) {
      case "hour" -> Alignment.HOUR;
      case "day" -> Alignment.DAY;
      default -> throw CommandFailure.usage("--align: expected day or hour");
    };
  }
}
