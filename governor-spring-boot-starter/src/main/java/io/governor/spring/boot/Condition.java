package io.governor.spring.boot;

import io.governor.Governor;
import io.governor.GovernorHealth;
import io.governor.Mode;
import io.governor.event.GovernorMember.PolicyRef;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the governor is, in words that no version of Spring Boot owns: {@code UP} while everything is
 * recorded and judged by the policy that is on disk; {@code DEGRADED} while events are lost or a
 * changed policy was refused, which Boot answers with 200 unless told otherwise; {@code DOWN} while
 * events are lost and calls are therefore refused.
 *
 * @param status one of the three
 * @param details what explains it; never anything of a call
 */
record Condition(String status, Map<String, Object> details) {

  static final String UP = "UP";
  static final String DEGRADED = "DEGRADED";
  static final String DOWN = "DOWN";

  static Condition of(Governor governor, TraceWatch watch) {
    GovernorHealth health = governor.health();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("mode", governor.mode().wireName());
    PolicyRef policy = health.policy();
    if (policy != null) {
      details.put("policy", policy.id() + " revision " + policy.revision());
    }
    if (health.policyProblem() != null) {
      details.put("policyProblem", health.policyProblem());
    }
    details.put("pausedSessions", governor.pausedSessions().size());
    details.put("written", health.written());
    details.put("lost", health.lost());
    return new Condition(status(governor, health, watch), details);
  }

  private static String status(Governor governor, GovernorHealth health, TraceWatch watch) {
    if (watch.isFailing(health)) {
      boolean refusing = governor.requiresTrace() && governor.mode() == Mode.ENFORCE;
      return refusing ? DOWN : DEGRADED;
    }
    return health.policyProblem() == null ? UP : DEGRADED;
  }
}
