package io.governor.spring.boot;

import io.governor.Agent;
import io.governor.Approver;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Rule;
import io.governor.TraceSink;
import io.governor.approval.FileApprover;
import io.governor.detect.Detector;
import io.governor.detect.Detectors;
import io.governor.file.StateRoot;
import io.governor.spring.boot.GovernorProperties.Approval;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * Builds the application's governor from its properties and beans. Used by one thread.
 *
 * @param properties the properties
 * @param parts the beans that take part
 * @param environment knows the application's name
 * @param resources finds policies on the class path
 */
record GovernorFactory(
    GovernorProperties properties, Parts parts, Environment environment, ResourceLoader resources) {

  /**
   * The beans that take part.
   *
   * @param rules rules beside those of the policy
   * @param sinks who is handed every recorded event
   * @param detectors detectors that policies may name
   * @param approver who is asked, or null to ask whom the properties say
   * @param customizers what they do comes last
   */
  record Parts(
      List<Rule> rules,
      List<TraceSink> sinks,
      List<Detector> detectors,
      @Nullable Approver approver,
      List<GovernorCustomizer> customizers) {}

  /**
   * Builds it.
   *
   * @throws GovernorConfigurationException if the configuration is refused
   */
  Governor governor() {
    try {
      GovernorBuilder builder = Governor.builder().agent(agent());
      set(builder);
      policy(builder);
      parts.rules().forEach(builder::rules);
      parts.sinks().forEach(builder::sink);
      parts.detectors().forEach(builder::detector);
      parts.customizers().forEach(customizer -> customizer.customize(builder));
      return builder.build();
    } catch (IllegalArgumentException | IllegalStateException refused) {
      throw new GovernorConfigurationException(
          String.valueOf(refused.getMessage()),
          "Correct the policy, or the properties below \"governor\".",
          refused);
    }
  }

  private Agent agent() {
    GovernorProperties.Agent given = properties.agent();
    String name =
        given.name() != null
            ? given.name()
            : environment.getProperty("spring.application.name", "agent");
    Agent agent = Agent.named(name).owner(given.owner());
    return given.version() == null ? agent : agent.version(given.version());
  }

  private void set(GovernorBuilder builder) {
    builder.idleTimeout(properties.idleTimeout());
    if (properties.allowWithoutPolicy()) {
      builder.allowWithoutPolicy();
    }
    if (properties.requireTrace()) {
      builder.requireTrace();
    }
    if (properties.sharedLimits()) {
      builder.sharedLimits();
    }
    if (properties.cache() != null) {
      builder.cache(properties.cache());
    }
    if (properties.stateRoot() != null) {
      builder.stateRoot(properties.stateRoot());
    }
    Approver approver = approver();
    if (approver != null) {
      builder.approver(approver, properties.approval().timeout());
    }
  }

  private @Nullable Approver approver() {
    if (parts.approver() != null || properties.approval().by() == Approval.By.NOBODY) {
      return parts.approver();
    }
    Path root = properties.stateRoot() == null ? StateRoot.locate() : properties.stateRoot();
    return FileApprover.at(root, InstantSource.system());
  }

  private void policy(GovernorBuilder builder) {
    String location = properties.policy();
    if (location == null || location.isBlank()) {
      if (properties.mode() != null) {
        builder.mode(properties.mode());
      }
      return;
    }
    if (properties.mode() != null) {
      throw new GovernorConfigurationException(
          "governor.mode: expected none beside governor.policy, which has its own",
          "Set the mode in the policy and remove the property.");
    }
    new PolicySource(resources, detectors()).into(builder, location);
  }

  private Detectors detectors() {
    Detectors all = Detectors.builtIn();
    for (Detector detector : parts.detectors()) {
      all = all.with(detector);
    }
    return all;
  }
}
