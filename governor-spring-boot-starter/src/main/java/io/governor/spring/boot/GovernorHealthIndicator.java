package io.governor.spring.boot;

import io.governor.Governor;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Tells Spring Boot 3 how the governor is. */
final class GovernorHealthIndicator extends AbstractHealthIndicator {

  private final Governor governor;
  private final TraceWatch watch = new TraceWatch();

  GovernorHealthIndicator(Governor governor) {
    super("the governor could not be asked");
    this.governor = governor;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    Condition condition = Condition.of(governor, watch);
    builder.status(condition.status()).withDetails(condition.details());
  }
}
