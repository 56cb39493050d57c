package io.governor.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Agent;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.TraceSink;
import io.governor.langchain4j.GovernedTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What properties, beans and the class path make of the governor. */
class ConfigurationTest {

  private static final String POLICY =
      """
      governor: 1
      id: acme
      revision: 7
      mode: enforce
      rules:
        - {id: ACME-101, tool: "*", effect: deny}
      """;

  private @TempDir Path directory;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  GovernorAutoConfiguration.class,
                  GovernorLangChain4jAutoConfiguration.class,
                  GovernorActuatorAutoConfiguration.class,
                  GovernorHealthAutoConfiguration.class,
                  GovernorMetricsAutoConfiguration.class,
                  GovernorTracingAutoConfiguration.class));

  @Test
  void withoutAnyPropertyItObservesInTheNameOfTheApplication() {
    runner
        .withPropertyValues("spring.application.name=billing")
        .run(
            context -> {
              Governor governor = context.getBean(Governor.class);
              assertThat(governor.agent()).isEqualTo(Agent.named("billing"));
              assertThat(governor.mode()).isEqualTo(Mode.OBSERVE);
            });
  }

  @Test
  void everyPropertyReachesTheGovernor() {
    runner
        .withPropertyValues(
            "governor.agent.name=bot",
            "governor.agent.version=2",
            "governor.agent.owner=acme",
            "governor.mode=enforce",
            "governor.allow-without-policy=true",
            "governor.require-trace=true",
            "governor.shared-limits=true",
            "governor.cache=100",
            "governor.idle-timeout=90s",
            "governor.state-root=" + directory,
            "governor.approval.by=files",
            "governor.approval.timeout=10s",
            "governor.langchain4j.strict=true",
            "governor.langchain4j.session=memory",
            "governor.langchain4j.record-user-messages=true")
        .run(
            context -> {
              Governor governor = context.getBean(Governor.class);
              assertThat(governor.agent()).isEqualTo(Agent.named("bot").version("2").owner("acme"));
              assertThat(governor.mode()).isEqualTo(Mode.ENFORCE);
              assertThat(governor.requiresTrace()).isTrue();
            });
  }

  @Test
  void aPolicyComesFromAFileTheClassPathOrTheStarterPolicies() throws Exception {
    Path file = Files.writeString(directory.resolve("policy.yaml"), POLICY);
    assertPolicy(file.toString(), "acme");
    assertPolicy("file:" + file, "acme");
    assertPolicy("classpath:desk-policy.yaml", "desk");
    assertPolicy("starter:support-agent", "starter-support-agent");
  }

  private void assertPolicy(String location, String id) {
    runner
        .withPropertyValues("governor.policy=" + location)
        .run(
            context ->
                assertThat(
                        Objects.requireNonNull(context.getBean(Governor.class).health().policy())
                            .id())
                    .isEqualTo(id));
  }

  @Test
  void aBrokenPolicyStopsTheStartWithItsPlace() throws Exception {
    Path file =
        Files.writeString(directory.resolve("policy.yaml"), POLICY.replace("deny", "forbid"));
    runner
        .withPropertyValues("governor.policy=" + file)
        .run(
            context ->
                assertThat(told(context.getStartupFailure()))
                    .contains(file + ":6:", "rules[0].effect")
                    .contains("Correct the policy"));
  }

  @Test
  void mistakesAreToldInWordsOfTheConfiguration() {
    assertTold("governor.policy=starter:nobody", "there is no starter policy of that name");
    assertTold("governor.policy=classpath:none.yaml", "classpath:none.yaml cannot be read");
    assertTold("governor.policy=/none/policy.yaml", "/none/policy.yaml");
    assertTold("governor.mode=enforce", "mode ENFORCE: expected a policy");
    assertTold("governor.cache=0", "cache: expected at least 1");
  }

  @Test
  void aModeBesideAPolicyIsRefused() {
    runner
        .withPropertyValues("governor.policy=classpath:desk-policy.yaml", "governor.mode=observe")
        .run(
            context ->
                assertThat(told(context.getStartupFailure()))
                    .contains("governor.mode: expected none beside governor.policy"));
  }

  private void assertTold(String property, String words) {
    runner
        .withPropertyValues(property)
        .run(context -> assertThat(told(context.getStartupFailure())).contains(words));
  }

  @Test
  void anUnknownKeyStopsTheStartByItsName() {
    runner
        .withPropertyValues("governor.enforced=true")
        .run(
            context ->
                assertThat(context).getFailure().hasStackTraceContaining("[governor.enforced]"));
  }

  @Test
  void anApplicationsOwnGovernorStays() {
    Governor own = Governor.builder().trace(TraceSink.none()).build();
    runner
        .withBean(Governor.class, () -> own)
        .run(
            context -> {
              assertThat(context.getBean(Governor.class)).isSameAs(own);
              assertThat(context).hasSingleBean(GovernedTools.class);
            });
  }

  @Test
  void disabledMeansThatThereIsNothing() {
    runner
        .withPropertyValues("governor.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(Governor.class));
  }

  @Test
  void itNeedsNeitherActuatorNorMetersNorTelemetryNorLangChain4j() {
    runner
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.boot.actuate", "io.micrometer", "io.opentelemetry"))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(GovernedTools.class));
    runner
        .withClassLoader(new FilteredClassLoader("dev.langchain4j"))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Governor.class));
  }

  @Test
  void theEndpointIsThereOnlyWhereItIsExposed() {
    runner.run(context -> assertThat(context.getBeansWithAnnotation(Endpoint.class)).isEmpty());
    runner
        .withPropertyValues("management.endpoints.web.exposure.include=governor")
        .run(context -> assertThat(context).hasSingleBean(GovernorEndpoint.class));
  }

  @Test
  void pausedSessionsAreNamedByTheEndpointAndCountedByHealth() {
    runner
        .withConfiguration(AutoConfigurations.of(HealthContributorAutoConfiguration.class))
        .withPropertyValues(
            "governor.state-root=" + directory,
            "management.endpoints.web.exposure.include=governor")
        .run(
            context -> {
              context.getBean(Governor.class).pause("ticket-7");

              GovernorEndpoint.Paused paused =
                  context.getBean(GovernorEndpoint.class).status().paused();
              assertThat(paused).isEqualTo(new GovernorEndpoint.Paused(1, List.of("ticket-7"), 0));
              assertThat(
                      context
                          .getBean("governorHealthIndicator", HealthIndicator.class)
                          .health()
                          .getDetails())
                  .containsEntry("pausedSessions", 1)
                  .doesNotContainValue("ticket-7");
            });
  }

  @Test
  void theEndpointNamesAHundredPausedSessionsAtMost() {
    runner
        .withPropertyValues("management.endpoints.web.exposure.include=governor")
        .withBean(GovernorCustomizer.class, () -> builder -> builder.trace(TraceSink.none()))
        .run(
            context -> {
              Governor governor = context.getBean(Governor.class);
              IntStream.range(0, 101).forEach(each -> governor.pause("s-" + each));

              GovernorEndpoint.Paused paused =
                  context.getBean(GovernorEndpoint.class).status().paused();
              assertThat(paused.count()).isEqualTo(101);
              assertThat(paused.sessions()).hasSize(100);
            });
  }

  @Test
  void aTraceThatCannotBeWrittenIsDegradedAndDownWhereCallsAreRefusedForIt() {
    assertHealth(Status.UP);
    assertHealth(new Status(Condition.DEGRADED), "governor.mode=observe");
    assertHealth(
        Status.DOWN,
        "governor.mode=enforce",
        "governor.allow-without-policy=true",
        "governor.require-trace=true");
  }

  /** Without properties the trace works; with any it is broken. */
  private void assertHealth(Status expected, String... properties) {
    TraceSink broken =
        event -> {
          throw new java.io.IOException("disk full");
        };
    runner
        .withConfiguration(AutoConfigurations.of(HealthContributorAutoConfiguration.class))
        .withPropertyValues(properties)
        .withBean(
            GovernorCustomizer.class,
            () -> builder -> builder.trace(properties.length == 0 ? TraceSink.none() : broken))
        .run(
            context -> {
              context.getBean(Governor.class).session().open().start();
              HealthIndicator health =
                  context.getBean("governorHealthIndicator", HealthIndicator.class);
              assertThat(health.health().getStatus()).isEqualTo(expected);
            });
  }

  @Test
  void healthCanBeSwitchedOffAlone() {
    runner
        .withPropertyValues("management.health.governor.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("governorHealthIndicator"));
  }

  private static String told(Throwable failure) {
    FailureAnalysis analysis = new GovernorFailureAnalyzer().analyze(failure);
    assertThat(analysis).as("an analysis of the failed start").isNotNull();
    return analysis.getDescription() + "\n" + analysis.getAction();
  }
}
