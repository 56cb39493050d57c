package io.governor.standard;

import io.governor.Operation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * When two scope events belong to different tasks (execution record, section 7.4 item 2).
 *
 * @param signals what counts; none of them, and no boundary is ever crossed
 * @param timeGapSeconds from how long a pause on {@link Signal#TIME_GAP} fires
 * @param directoryDepth how many parts of a target make its directory
 */
record TaskBoundary(Set<Signal> signals, BigDecimal timeGapSeconds, int directoryDepth) {

  /** One way to notice a new task. */
  enum Signal {
    DIR_CHANGE,
    FILE_TYPE_SHIFT,
    TIME_GAP,
    READ_TO_WRITE_TRANSITION;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Signal> ofWord(String word) {
      return Arrays.stream(values()).filter(v -> v.word().equals(word)).findFirst();
    }

    static List<String> words() {
      return Arrays.stream(values()).map(Signal::word).toList();
    }
  }

  TaskBoundary {
    signals = Set.copyOf(signals);
  }

  boolean crossed(ScopeMark previous, ScopeMark current, Duration since) {
    for (Signal signal : signals) {
      boolean fires =
          switch (signal) {
            case DIR_CHANGE ->
                differ(previous.directory(directoryDepth), current.directory(directoryDepth));
            case FILE_TYPE_SHIFT -> differ(previous.fileType(), current.fileType());
            case TIME_GAP -> seconds(since).compareTo(timeGapSeconds) >= 0;
            case READ_TO_WRITE_TRANSITION ->
                previous.operation() == Operation.READ && current.operation().mutates();
          };
      if (fires) {
        return true;
      }
    }
    return false;
  }

  private static boolean differ(Optional<String> previous, Optional<String> current) {
    return previous.isPresent() && current.isPresent() && !previous.equals(current);
  }

  /** A clock that stepped back between processes makes no negative pause. */
  private static BigDecimal seconds(Duration since) {
    return since.isNegative()
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(since.getSeconds()).add(BigDecimal.valueOf(since.getNano(), 9));
  }
}
