package io.governor.spring.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at a failed start what is wrong with the configuration, in place of a stack trace. */
final class GovernorFailureAnalyzer
    extends AbstractFailureAnalyzer<GovernorConfigurationException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, GovernorConfigurationException refused) {
    return new FailureAnalysis(String.valueOf(refused.getMessage()), refused.action(), refused);
  }
}
