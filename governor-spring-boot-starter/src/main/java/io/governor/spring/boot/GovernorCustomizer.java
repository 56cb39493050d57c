package io.governor.spring.boot;

import io.governor.GovernorBuilder;

/**
 * A bean that says of the application's governor what no property can, such as profiles and
 * classifications. Called once, after the properties and before the governor is built.
 */
@FunctionalInterface
public interface GovernorCustomizer {

  /** Changes the builder; what it sets wins over the properties. */
  void customize(GovernorBuilder builder);
}
