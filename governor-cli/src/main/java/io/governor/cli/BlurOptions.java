package io.governor.cli;

import io.governor.sync.Alignment;
import io.governor.sync.NoiseBudget;
import io.governor.sync.RunOptions;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How exact the numbers are that are sent: what is typed comes before the configuration. */
final class BlurOptions {

  private static final long MOST_MIN_COUNT = 1_000_000;

  @Option(
      names = "--min-count",
      paramLabel = "K",
      description = "Withhold counts from 1 to K-1 until a later window; 1 withholds none.")
  private @Nullable Long minCount;

  @Option(
      names = "--dp",
      paramLabel = "EPSILON",
      description = "Add noise: differential privacy with this epsilon for the window.")
  private @Nullable BigDecimal epsilon;

  @Option(
      names = "--align",
      paramLabel = "day|hour",
      description = "End the window with a whole day or hour; the rest waits.")
  private @Nullable String align;

  /**
   * The options with what was typed.
   *
   * @throws CommandFailure if a value is out of its bounds
   */
  RunOptions over(RunOptions configured) {
    RunOptions options = configured;
    if (minCount != null) {
      if (minCount < 1 || minCount > MOST_MIN_COUNT) {
        throw CommandFailure.usage("--min-count: expected a whole number from 1 to 1000000");
      }
      options = options.withholdingBelow(minCount);
    }
    if (epsilon != null) {
      options = options.withNoise(noise(epsilon, configured.noise()));
    }
    return align == null ? options : options.alignedTo(alignment(align));
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
