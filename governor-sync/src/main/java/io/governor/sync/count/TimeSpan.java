package io.governor.sync.count;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The earliest and the latest of some times. Confined to one thread. */
final class TimeSpan {

  private boolean any;
  private long firstSecond;
  private int firstNano;
  private long lastSecond;
  private int lastNano;

  void include(long second, int nano) {
    if (!any || second < firstSecond || (second == firstSecond && nano < firstNano)) {
      firstSecond = second;
      firstNano = nano;
    }
    if (!any || second > lastSecond || (second == lastSecond && nano > lastNano)) {
      lastSecond = second;
      lastNano = nano;
    }
    any = true;
  }

  void include(TimeSpan other) {
    if (other.any) {
      include(other.firstSecond, other.firstNano);
      include(other.lastSecond, other.lastNano);
    }
  }

  @Nullable Instant earliest() {
    return any ? Instant.ofEpochSecond(firstSecond, firstNano) : null;
  }

  @Nullable Instant latest() {
    return any ? Instant.ofEpochSecond(lastSecond, lastNano) : null;
  }
}
