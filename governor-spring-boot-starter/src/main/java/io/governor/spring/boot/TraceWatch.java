package io.governor.spring.boot;

import io.governor.GovernorHealth;

/**
 * Whether the trace takes events at present. The numbers that a governor gives only grow, so two
 * looks are compared: what was lost between them makes a trace fail, and it does until events were
 * written and none was lost. Looks may come from several callers; all see the same. Safe for use by
 * several threads.
 */
final class TraceWatch {

  // Guarded by this.
  private long written;
  private long lost;
  private boolean failing;

  synchronized boolean isFailing(GovernorHealth health) {
    long nowWritten = health.written();
    long nowLost = health.lost().values().stream().mapToLong(Long::longValue).sum();
    if (nowLost > lost) {
      failing = true;
    } else if (nowWritten > written) {
      failing = false;
    }
    written = nowWritten;
    lost = nowLost;
    return failing;
  }
}
