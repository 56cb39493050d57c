package io.governor.spring.boot;

import io.governor.Governor;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The governor's part in the application's health, for the actuator of Spring Boot 3. */
@AutoConfiguration(
    after = GovernorAutoConfiguration.class,
    beforeName =
        "org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration")
@ConditionalOnProperty(name = "governor.enabled", matchIfMissing = true)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(Governor.class)
public class GovernorHealthAutoConfiguration {

  @Bean
  @ConditionalOnEnabledHealthIndicator("governor")
  HealthIndicator governorHealthIndicator(Governor governor) {
    return new GovernorHealthIndicator(governor);
  }
}
