package io.governor.spring.boot;

import io.governor.Governor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Meters, where the application has a registry for them. */
@AutoConfiguration(
    before = GovernorAutoConfiguration.class,
    // Of Spring Boot 3 and of 4.
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnProperty(name = "governor.enabled", matchIfMissing = true)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public class GovernorMetricsAutoConfiguration {

  @Bean
  GovernorMeters governorMeters(MeterRegistry registry) {
    return new GovernorMeters(registry);
  }

  /** What no other meter can show: events that nobody was handed because they were lost. */
  @Bean
  MeterBinder governorTraceMeters(Governor governor) {
    return registry ->
        FunctionCounter.builder(
                "governor.trace.lost", governor, GovernorMetricsAutoConfiguration::lost)
            .description("Events that could not be recorded")
            .register(registry);
  }

  private static double lost(Governor governor) {
    return governor.health().lost().values().stream().mapToLong(Long::longValue).sum();
  }
}
