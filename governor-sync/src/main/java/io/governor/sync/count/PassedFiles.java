package io.governor.sync.count;

import io.governor.sync.TimeWindow;
import io.governor.trace.FileTimes;
import io.governor.trace.TraceIndex;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files that a count need not read, because it is known that none of their events lies in the
 * window; and what such a count would have said of them. Confined to one thread.
 */
final class PassedFiles {

  private final @Nullable TimeWindow window;
  private final @Nullable TraceIndex index;
  private long events;
  private long withoutTime;

  /**
   * @param times which events count
   * @param index knows files, or null
   */
  PassedFiles(EventTimes times, @Nullable TraceIndex index) {
    this.window = times.within();
    this.index = index;
  }

  static PassedFiles none() {
    return new PassedFiles(EventTimes.ALL, null);
  }

  /** Whether a file need not be read. */
  boolean passes(Path file) {
    if (index == null || window == null) {
      return false;
    }
    FileTimes times = index.times(file);
    if (times == null || !times.isOutside(window.start(), window.end())) {
      return false;
    }
    events += times.events();
    withoutTime += times.withoutTime();
    return true;
  }

  long events() {
    return events;
  }

  long withoutTime() {
    return withoutTime;
  }

  long outsideWindow() {
    return events - withoutTime;
  }
}
