package io.governor.spring.boot;

import io.governor.Governor;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Tells Spring Boot 4 how the governor is. */
final class GovernorBoot4HealthIndicator extends AbstractHealthIndicator {

  private final Governor governor;
  private final TraceWatch watch = new TraceWatch();

  GovernorBoot4HealthIndicator(Governor governor) {
    super("the governor could not be asked");
    this.governor = governor;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    Condition condition = Condition.of(governor, watch);
    builder.status(condition.status()).withDetails(condition.details());
  }
}
