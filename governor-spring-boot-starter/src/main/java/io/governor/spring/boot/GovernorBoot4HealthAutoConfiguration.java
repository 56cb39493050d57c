package io.governor.spring.boot;

import io.governor.Governor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The governor's part in the application's health, for Spring Boot 4, which has the actuator's
 * health in packages of its own.
 */
@AutoConfiguration(
    after = GovernorAutoConfiguration.class,
    beforeName =
        "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnProperty(name = "governor.enabled", matchIfMissing = true)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(Governor.class)
public class GovernorBoot4HealthAutoConfiguration {

  @Bean
  @ConditionalOnEnabledHealthIndicator("governor")
  HealthIndicator governorHealthIndicator(Governor governor) {
    return new GovernorBoot4HealthIndicator(governor);
  }
}
