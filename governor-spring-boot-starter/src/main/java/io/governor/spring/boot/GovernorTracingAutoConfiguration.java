package io.governor.spring.boot;

import dev.langchain4j.service.tool.ToolExecutor;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Spans of tool calls, where the application has a bean of OpenTelemetry. */
@AutoConfiguration(
    before = GovernorAutoConfiguration.class,
    // Of Spring Boot 3, of 4, and of OpenTelemetry's own starter.
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration",
      "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
      "io.opentelemetry.instrumentation.spring.autoconfigure.OpenTelemetryAutoConfiguration"
    })
@ConditionalOnProperty(name = "governor.enabled", matchIfMissing = true)
@ConditionalOnClass({OpenTelemetry.class, ToolExecutor.class})
@ConditionalOnBean(OpenTelemetry.class)
public class GovernorTracingAutoConfiguration {

  @Bean
  ToolSpans governorToolSpans(OpenTelemetry telemetry) {
    return new ToolSpans(telemetry.getTracer("io.governor"));
  }

  @Bean
  ToolSurroundings governorToolSurroundings(ToolSpans spans) {
    return spans::around;
  }
}
