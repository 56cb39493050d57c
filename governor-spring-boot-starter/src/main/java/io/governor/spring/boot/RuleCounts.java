package io.governor.spring.boot;

import io.governor.TraceSink;
import io.governor.event.TraceEvent;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often each rule was violated since the start, as the recorded events say. It holds ids of
 * rules, of which a policy has only so many, and nothing of any call. Safe for use by several
 * threads.
 */
final class RuleCounts implements TraceSink {

  private final ConcurrentHashMap<String, LongAdder> fires = new ConcurrentHashMap<>();

  @Override
  public void accept(TraceEvent event) {
    for (String rule : event.violations()) {
      fires.computeIfAbsent(rule, id -> new LongAdder()).increment();
    }
  }

  /** Rule and count, by rule. */
  SortedMap<String, Long> snapshot() {
    SortedMap<String, Long> counts = new TreeMap<>();
    fires.forEach((rule, count) -> counts.put(rule, count.sum()));
    return counts;
  }
}
