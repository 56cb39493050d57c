package io.governor.spring.boot;

import io.governor.TraceSink;
import io.governor.event.EventType;
import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Meters of what was recorded: {@code governor.evaluations} by decision, whether it was enforced,
 * what was judged and through which adapter; {@code governor.rule.fires} by rule; and {@code
 * governor.evaluation}, the time a decision took without waiting for people. The tags come from
 * fixed words and from the ids of rules: a tool's name may be of a model's making, so there is
 * none, and nothing of a call, a session or a user. Safe for use by several threads.
 */
final class GovernorMeters implements TraceSink {

  private final MeterRegistry registry;
  private final ConcurrentHashMap<Evaluation, Counter> evaluations = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Counter> fires = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Timer> times = new ConcurrentHashMap<>();

  GovernorMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Evaluation(String decision, boolean enforced, String subject, String adapter) {}

  @Override
  public void accept(TraceEvent event) {
    event.violations().forEach(rule -> fires.computeIfAbsent(rule, this::fires).increment());
    GovernorMember member = event.governor();
    if (member == null || member.verdict() == null) {
      return;
    }
    String subject = event.type().equals(EventType.SCOPE_ASSERTED) ? "call" : "result";
    boolean enforced = Boolean.TRUE.equals(member.enforced());
    evaluations
        .computeIfAbsent(
            new Evaluation(member.verdict(), enforced, subject, member.origin()), this::evaluations)
        .increment();
    if (member.latencyMicros() != null) {
      times
          .computeIfAbsent(subject, this::time)
          .record(member.latencyMicros(), TimeUnit.MICROSECONDS);
    }
  }

  private Counter evaluations(Evaluation evaluation) {
    return Counter.builder("governor.evaluations")
        .description("Tool calls and results that were judged")
        .tag("decision", evaluation.decision())
        .tag("enforced", Boolean.toString(evaluation.enforced()))
        .tag("subject", evaluation.subject())
        .tag("adapter", evaluation.adapter())
        .register(registry);
  }

  private Counter fires(String rule) {
    return Counter.builder("governor.rule.fires")
        .description("Violations of a rule, whether it is enforced or not")
        .tag("rule", rule)
        .register(registry);
  }

  private Timer time(String subject) {
    return Timer.builder("governor.evaluation")
        .description("How long judging took")
        .tag("subject", subject)
        .register(registry);
  }
}
