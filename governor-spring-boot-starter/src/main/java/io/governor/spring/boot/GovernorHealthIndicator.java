package io.governor.spring.boot;

import io.governor.Governor;
import io.governor.GovernorHealth;
import io.governor.Mode;
import io.governor.event.GovernorMember.PolicyRef;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/**
 * UP while everything is recorded and judged by the policy that is on disk; {@code DEGRADED} while
 * events are lost or a changed policy was refused, which Boot answers with 200 unless told
 * otherwise; DOWN while events are lost and calls are therefore refused.
 */
final class GovernorHealthIndicator extends AbstractHealthIndicator {

  static final Status DEGRADED = new Status("DEGRADED", "Not everything is recorded or in force");

  private final Governor governor;
  private final TraceWatch watch = new TraceWatch();

  GovernorHealthIndicator(Governor governor) {
    super("the governor could not be asked");
    this.governor = governor;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    GovernorHealth health = governor.health();
    builder.status(status(health));
    builder.withDetail("mode", governor.mode().wireName());
    PolicyRef policy = health.policy();
    if (policy != null) {
      builder.withDetail("policy", policy.id() + " revision " + policy.revision());
    }
    if (health.policyProblem() != null) {
      builder.withDetail("policyProblem", health.policyProblem());
    }
    builder.withDetail("written", health.written());
    builder.withDetail("lost", health.lost());
  }

  private Status status(GovernorHealth health) {
    if (watch.isFailing(health)) {
      boolean refusing = governor.requiresTrace() && governor.mode() == Mode.ENFORCE;
      return refusing ? Status.DOWN : DEGRADED;
    }
    return health.policyProblem() == null ? Status.UP : DEGRADED;
  }
}
