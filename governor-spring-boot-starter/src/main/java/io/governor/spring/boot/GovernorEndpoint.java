package io.governor.spring.boot;

import io.governor.Governor;
import io.governor.GovernorHealth;
import io.governor.event.GovernorMember.PolicyRef;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@code /actuator/governor}: the policy in force, how often each rule fired, and whether the trace
 * has everything. It knows nothing of any call: no tool, no argument, no session. Not exposed over
 * the web unless the application exposes it.
 */
@Endpoint(id = "governor")
final class GovernorEndpoint {

  private final Governor governor;
  private final RuleCounts counts;

  GovernorEndpoint(Governor governor, RuleCounts counts) {
    this.governor = governor;
    this.counts = counts;
  }

  @ReadOperation
  Status status() {
    GovernorHealth health = governor.health();
    return new Status(
        governor.agent().id(),
        governor.mode().wireName(),
        health.policy(),
        health.policyProblem(),
        counts.snapshot().entrySet().stream()
            .map(fired -> new FiredRule(fired.getKey(), fired.getValue()))
            .toList(),
        health.ruleErrors(),
        new Trace(health.openSessions(), health.written(), health.lost(), health.untold()),
        health.sinkFailures());
  }

  /**
   * What the endpoint answers.
   *
   * @param agent the agent's name
   * @param mode the mode of rules that name none
   * @param policy the policy in force, or null
   * @param policyProblem why a changed policy was not taken, or null
   * @param rules the rules that fired since the start, by id
   * @param ruleErrors rules that failed, and how often
   * @param trace what is on record
   * @param sinkFailures how often an additional sink failed
   */
  record Status(
      String agent,
      String mode,
      @Nullable PolicyRef policy,
      @Nullable String policyProblem,
      List<FiredRule> rules,
      SortedMap<String, Long> ruleErrors,
      Trace trace,
      long sinkFailures) {}

  /**
   * A rule that fired.
   *
   * @param id the rule
   * @param fires how often
   */
  record FiredRule(String id, long fires) {}

  /**
   * What is on record.
   *
   * @param openSessions sessions that are open now
   * @param written events on record
   * @param lost events that could not be recorded, by reason
   * @param untold those of them that no later event tells of, by reason
   */
  record Trace(
      int openSessions,
      long written,
      SortedMap<String, Long> lost,
      SortedMap<String, Long> untold) {}
}
