package io.governor.cli;

import io.governor.policy.Policy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The policy as it stands when it is asked for; while its file is broken or away, the last good one
 * (as with a governor that follows its file). Confined to one thread.
 */
final class LatestPolicy {

  private final Supplier<@Nullable Policy> reading;
  private @Nullable Policy last;

  /**
   * @param reading reads it; null for none that can be used
   */
  LatestPolicy(Supplier<@Nullable Policy> reading) {
    this.reading = reading;
  }

  @Nullable Policy policy() {
    Policy read = reading.get();
    if (read != null) {
      last = read;
    }
    return last;
  }
}
