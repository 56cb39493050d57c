package io.governor;

import io.governor.event.GovernorMember.PolicyRef;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a governor could not do, and says it once (execution record, GOVERNANCE_ERROR in
 * section 2.2): {@code warning} at the first failure in a row, {@code degraded} at the third,
 * {@code critical} when a session closes with three or more in a row. A success ends the row. What
 * would come back with every session, a late call or an additional sink's failure, is said once in
 * the governor's life. Safe for use by several threads.
 */
final class Health {

  private static final int DEGRADED = 3;
  private static final String ADDITIONAL_SINK = "an additional sink failed: ";
  private static final String CONTINUES = "the agent continues";

  /** Rules decide as they would have; only a trace that is required makes a difference. */
  private static final String GOES_ON = "calls go on, unless a trace is required";

  private final LongAdder written = new LongAdder();
  private final LongAdder sinkFailures = new LongAdder();
  private final LongAdder pauseFailures = new LongAdder();
  private final ConcurrentSkipListMap<String, LongAdder> lost = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, LongAdder> untold = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, LongAdder> ruleErrors = new ConcurrentSkipListMap<>();
  private final AtomicInteger traceRow = new AtomicInteger();
  private final AtomicBoolean unavailableTold = new AtomicBoolean();
  private final AtomicBoolean vanishedTold = new AtomicBoolean();
  private final AtomicBoolean lateCallTold = new AtomicBoolean();
  private final AtomicBoolean notForcedTold = new AtomicBoolean();
  private final AtomicBoolean pauseTold = new AtomicBoolean();
  private final AtomicInteger closingRow = new AtomicInteger();
  private volatile @Nullable String policyProblem;

  void traceWritten() {
    written.increment();
    if (traceRow.get() != 0) {
      traceRow.set(0);
    }
    if (unavailableTold.get()) {
      unavailableTold.set(false);
    }
  }

  void traceLost(String reason) {
    lost.computeIfAbsent(reason, key -> new LongAdder()).increment();
    row(traceRow, "the trace cannot be written: " + reason, GOES_ON);
  }

  /** Events that were written and are nowhere, because their trace was removed; said once. */
  void traceVanished(String reason, long events) {
    if (events > 0) {
      written.add(-events);
      lost.computeIfAbsent(reason, key -> new LongAdder()).add(events);
    }
    if (vanishedTold.compareAndSet(false, true)) {
      log()
          .warn(
              "GOVERNANCE_ERROR SINK_UNAVAILABLE warning: a trace was removed while its session was"
                  + " open, and {} events with it; the agent continues in a new one, and further ones"
                  + " are only counted",
              events);
    }
  }

  /** Losses that were counted before and that no event of their session will tell. */
  void leftUntold(SortedMap<String, Long> losses) {
    for (Map.Entry<String, Long> loss : losses.entrySet()) {
      untold.computeIfAbsent(loss.getKey(), key -> new LongAdder()).add(loss.getValue());
    }
  }

  /** A call on a session that its owner has closed: no event will ever tell it; said once. */
  void lateCall(String reason) {
    lost.computeIfAbsent(reason, key -> new LongAdder()).increment();
    untold.computeIfAbsent(reason, key -> new LongAdder()).increment();
    if (lateCallTold.compareAndSet(false, true)) {
      log()
          .warn(
              "GOVERNANCE_ERROR SINK_UNAVAILABLE warning: a call on a session that its owner has closed"
                  + " is not recorded; {}, and further ones are only counted",
              GOES_ON);
    }
  }

  /** The trace could not even be opened: one lasting state of things, said once. */
  void traceUnavailable(String reason) {
    lost.computeIfAbsent(reason, key -> new LongAdder()).increment();
    if (unavailableTold.compareAndSet(false, true)) {
      log()
          .warn(
              "GOVERNANCE_ERROR SINK_UNAVAILABLE warning: there is no trace to write to: {}; {}, and"
                  + " what is lost is counted",
              reason,
              GOES_ON);
    }
  }

  void sinkFailed() {
    sinkFailures.increment();
  }

  void sinkWarning(Throwable failure) {
    warning(ADDITIONAL_SINK + failure.getClass().getName(), CONTINUES);
  }

  void sinkDegraded(Throwable failure) {
    degraded(ADDITIONAL_SINK + failure.getClass().getName());
  }

  /** What frees a session's trace, or ends all of them, did not work. */
  void closingFailed(Throwable failure) {
    sinkFailures.increment();
    row(closingRow, "a trace could not be closed: " + failure.getClass().getName(), CONTINUES);
  }

  /** Records are written that a failure of the machine may take; said once. */
  void notForced(Throwable failure) {
    sinkFailures.increment();
    if (notForcedTold.compareAndSet(false, true)) {
      log()
          .warn(
              "GOVERNANCE_ERROR SINK_UNAVAILABLE warning: what was written could not be forced to the"
                  + " disk: {}; a power cut may take it, and further failures are only counted",
              Failures.reason(failure));
    }
  }

  /** What is paused could not be read or kept; what was known of it still holds. */
  void pauseFailed(Throwable failure) {
    pauseFailures.increment();
    if (pauseTold.compareAndSet(false, true)) {
      log()
          .warn(
              "GOVERNANCE_ERROR INTERCEPT_FAILURE warning: which sessions are paused cannot be read from"
                  + " the state root, or kept there: {}; what is known holds in this process, and"
                  + " further failures are only counted",
              Failures.reason(failure));
    }
  }

  void ruleFailed(RuleId rule, Throwable failure) {
    LongAdder count = ruleErrors.computeIfAbsent(rule.value(), key -> new LongAdder());
    count.increment();
    if (count.sum() == 1) {
      log()
          .warn(
              "GOVERNANCE_ERROR INTERCEPT_FAILURE warning: rule {} failed: {}; further failures are only"
                  + " counted",
              rule,
              Failures.described(failure));
    }
  }

  void hintFailed(String tool, Throwable failure) {
    log()
        .warn(
            "GOVERNANCE_ERROR INTERCEPT_FAILURE warning: the hint for tool {} failed: {}; the defaults"
                + " apply",
            tool,
            failure.getClass().getName());
  }

  /** A changed policy is not taken; the one in force stays. */
  void policyRefused(String problems) {
    policyProblem = problems;
    log()
        .warn(
            "GOVERNANCE_ERROR INTERCEPT_FAILURE warning: the changed policy is refused, the one in force"
                + " stays: {}",
            problems);
  }

  void policyAccepted() {
    policyProblem = null;
  }

  void approverFailed(Throwable failure) {
    log()
        .warn(
            "GOVERNANCE_ERROR INTERCEPT_FAILURE warning: the approver failed: {}; the call is refused",
            failure.getClass().getName());
  }

  void profileFieldIgnored(String problem) {
    log().warn(problem);
  }

  /**
   * Something of ours failed.
   *
   * @param consequence what becomes of the call, in every case that the caller does not tell apart
   */
  void internalFailure(String stage, Throwable failure, String consequence) {
    lost.computeIfAbsent("error", key -> new LongAdder()).increment();
    untold.computeIfAbsent("error", key -> new LongAdder()).increment();
    row(
        traceRow,
        "a tool call could not be governed at " + stage + ": " + failure.getClass().getName(),
        consequence);
    log().debug("the failure in full", failure);
  }

  void sessionClosed() {
    if (traceRow.get() >= DEGRADED) {
      log()
          .error(
              "GOVERNANCE_ERROR SINK_UNAVAILABLE critical: a session closed while {} events in a row"
                  + " could not be recorded",
              traceRow.getAndSet(0));
    }
  }

  GovernorHealth snapshot(int openSessions, @Nullable PolicyRef policy) {
    return new GovernorHealth(
        openSessions,
        written.sum(),
        sums(lost),
        sums(untold),
        sums(ruleErrors),
        sinkFailures.sum(),
        pauseFailures.sum(),
        policy,
        policyProblem);
  }

  private static void row(AtomicInteger row, String what, String consequence) {
    int failures = row.incrementAndGet();
    if (failures == 1) {
      warning(what, consequence);
    } else if (failures == DEGRADED) {
      degraded(what);
    }
  }

  private static void warning(String what, String consequence) {
    log().warn("GOVERNANCE_ERROR SINK_UNAVAILABLE warning: {}; {}", what, consequence);
  }

  private static void degraded(String what) {
    log()
        .warn(
            "GOVERNANCE_ERROR SINK_UNAVAILABLE degraded: {}; three in a row, further ones are only"
                + " counted",
            what);
  }

  private static SortedMap<String, Long> sums(ConcurrentSkipListMap<String, LongAdder> counts) {
    SortedMap<String, Long> sums = new TreeMap<>();
    for (Map.Entry<String, LongAdder> count : counts.entrySet()) {
      sums.put(count.getKey(), count.getValue().sum());
    }
    return sums;
  }

  /** Taken when there is something to say: most processes that live for one hook never do. */
  private static Logger log() {
    return Log.LOG;
  }

  private static final class Log {
    static final Logger LOG = LoggerFactory.getLogger("io.governor.error");
  }
}
