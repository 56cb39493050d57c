package io.governor.spring.boot;

import io.governor.Governor;
import io.governor.GovernorHealth;
import io.governor.event.GovernorMember.PolicyRef;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@code /actuator/governor}: the policy in force, how often each rule fired, which sessions are
 * paused, and whether the trace has everything. It knows nothing of any call: no tool, no argument,
 * and no session but those that are paused. Not exposed over the web unless the application exposes
 * it.
 */
@Endpoint(id = "governor")
final class GovernorEndpoint {

  private static final int MOST_NAMES = 100;

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
        rules(),
        health.ruleErrors(),
        paused(health),
        new Trace(health.openSessions(), health.written(), health.lost(), health.untold()),
        health.sinkFailures());
  }

  /** Those in force, and what a policy that is no longer in force has fired. */
  private List<CountedRule> rules() {
    SortedMap<String, Long> fires = counts.snapshot();
    governor.rules().forEach(rule -> fires.putIfAbsent(rule.id().value(), 0L));
    return fires.entrySet().stream()
        .map(rule -> new CountedRule(rule.getKey(), rule.getValue()))
        .toList();
  }

  private Paused paused(GovernorHealth health) {
    SortedSet<String> names = governor.pausedSessions();
    return new Paused(
        names.size(), names.stream().limit(MOST_NAMES).toList(), health.pauseFailures());
  }

  /**
   * What the endpoint answers.
   *
   * @param agent the agent's name
   * @param mode the mode of rules that name none
   * @param policy the policy in force, or null
   * @param policyProblem why a changed policy was not taken, or null
   * @param rules the rules in force and those that fired since the start, by id
   * @param ruleErrors rules that failed, and how often
   * @param paused the sessions that are paused
   * @param trace what is on record
   * @param sinkFailures how often an additional sink failed
   */
  record Status(
      String agent,
      String mode,
      @Nullable PolicyRef policy,
      @Nullable String policyProblem,
      List<CountedRule> rules,
      SortedMap<String, Long> ruleErrors,
      Paused paused,
      Trace trace,
      long sinkFailures) {}

  /**
   * A rule.
   *
   * @param id the rule
   * @param fires how often it fired since the start
   */
  record CountedRule(String id, long fires) {}

  /**
   * The sessions that are paused.
   *
   * @param count how many
   * @param sessions what they are released by, at most the first hundred
   * @param failures how often they could not be read or changed
   */
  record Paused(int count, List<String> sessions, long failures) {}

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
