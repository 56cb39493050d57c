package io.governor.spring.boot;

import io.governor.Governor;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * The actuator's endpoint, where the application has the actuator and makes it available. That
 * condition is the actuator's own, so it stands where nothing looks without the actuator.
 */
@AutoConfiguration(before = GovernorAutoConfiguration.class)
@ConditionalOnProperty(name = "governor.enabled", matchIfMissing = true)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
public class GovernorActuatorAutoConfiguration {

  @Bean
  @ConditionalOnAvailableEndpoint(endpoint = GovernorEndpoint.class)
  RuleCounts governorRuleCounts() {
    return new RuleCounts();
  }

  @Bean
  @ConditionalOnAvailableEndpoint(endpoint = GovernorEndpoint.class)
  GovernorEndpoint governorEndpoint(Governor governor, RuleCounts counts) {
    return new GovernorEndpoint(governor, counts);
  }
}
