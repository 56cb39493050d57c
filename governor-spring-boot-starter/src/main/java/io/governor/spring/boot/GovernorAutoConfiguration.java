package io.governor.spring.boot;

import io.governor.Approver;
import io.governor.Governor;
import io.governor.Rule;
import io.governor.TraceSink;
import io.governor.detect.Detector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/** The application's governor, unless it has one. Off with {@code governor.enabled=false}. */
@AutoConfiguration
@ConditionalOnProperty(name = "governor.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GovernorProperties.class)
public class GovernorAutoConfiguration {

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  Governor governor(
      GovernorProperties properties,
      ObjectProvider<Rule> rules,
      ObjectProvider<TraceSink> sinks,
      ObjectProvider<Detector> detectors,
      ObjectProvider<Approver> approver,
      ObjectProvider<GovernorCustomizer> customizers,
      Environment environment,
      ResourceLoader resources) {
    GovernorFactory.Parts parts =
        new GovernorFactory.Parts(
            rules.orderedStream().toList(),
            sinks.orderedStream().toList(),
            detectors.orderedStream().toList(),
            approver.getIfAvailable(),
            customizers.orderedStream().toList());
    return new GovernorFactory(properties, parts, environment, resources).governor();
  }
}
