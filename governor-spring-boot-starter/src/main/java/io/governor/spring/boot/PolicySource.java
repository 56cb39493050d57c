package io.governor.spring.boot;

import io.governor.GovernorBuilder;
import io.governor.detect.Detectors;
import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import io.governor.policy.StarterPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** Finds the policy that {@code governor.policy} names. Stateless. */
final class PolicySource {

  private static final String PROPERTY = "governor.policy: ";
  private static final String STARTER = "starter:";
  private static final String CLASS_PATH = "classpath:";
  private static final String FILE = "file:";

  private final ResourceLoader resources;
  private final Detectors detectors;

  PolicySource(ResourceLoader resources, Detectors detectors) {
    this.resources = resources;
    this.detectors = detectors;
  }

  /**
   * Gives the policy to the builder; a file as a file, so that changes are followed.
   *
   * @throws GovernorConfigurationException if there is none, or it is refused
   */
  void into(GovernorBuilder builder, String location) {
    if (location.startsWith(STARTER)) {
      builder.policy(starter(location.substring(STARTER.length())));
    } else if (location.startsWith(CLASS_PATH)) {
      builder.policy(resource(location));
    } else {
      builder.policyFile(
          Path.of(location.startsWith(FILE) ? location.substring(FILE.length()) : location));
    }
  }

  private static Policy starter(String name) {
    return StarterPolicy.named(name)
        .orElseThrow(
            () ->
                new GovernorConfigurationException(
                    PROPERTY + "there is no starter policy of that name",
                    "Name one of: "
                        + Arrays.stream(StarterPolicy.values())
                            .map(policy -> STARTER + policy.wireName())
                            .collect(Collectors.joining(", "))
                        + "."))
        .policy();
  }

  private Policy resource(String location) {
    Resource resource = resources.getResource(location);
    try {
      String text = resource.getContentAsString(StandardCharsets.UTF_8);
      return PolicyLoader.standard().detectors(detectors).parse(location, text).policy();
    } catch (PolicyException refused) {
      throw new GovernorConfigurationException(
          String.valueOf(refused.getMessage()), "Correct the policy.", refused);
    } catch (IOException unreadable) {
      throw new GovernorConfigurationException(
          PROPERTY + location + " cannot be read", "Put the policy there.", unreadable);
    }
  }
}
