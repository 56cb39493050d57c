package io.governor.spring.boot;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.service.AiServices;
import io.governor.Governor;
import io.governor.langchain4j.GovernedTools;
import io.governor.langchain4j.GovernedToolsBuilder;
import io.governor.spring.boot.GovernorProperties.LangChain4j.Session;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Governs the AI services that LangChain4j's starter makes, and beans of tool providers, and checks
 * every AI service that is a bean. It comes after that starter, whose definitions of services it
 * changes.
 */
@AutoConfiguration(
    after = {GovernorAutoConfiguration.class, GovernorTracingAutoConfiguration.class},
    afterName = "dev.langchain4j.spring.LangChain4jAutoConfig")
@ConditionalOnClass({AiServices.class, GovernedTools.class})
@ConditionalOnProperty(name = "governor.enabled", matchIfMissing = true)
@ConditionalOnBean(Governor.class)
public class GovernorLangChain4jAutoConfiguration {

  /** For services that are built by hand. */
  @Bean
  @ConditionalOnMissingBean
  GovernedTools governedTools(
      Governor governor,
      GovernorProperties properties,
      ObjectProvider<ToolSurroundings> surroundings) {
    GovernedToolsBuilder tools = GovernedTools.with(governor);
    surroundings.ifAvailable(tools::around);
    if (properties.langchain4j().session() == Session.MEMORY) {
      tools.sessionPerMemory();
    }
    if (properties.langchain4j().recordUserMessages()) {
      tools.recordUserMessages();
    }
    return tools.build();
  }

  /** Starters of models hand it to their models; it tells whose model used the tokens. */
  @Bean
  ChatModelListener governorModelListener(GovernedTools tools) {
    return tools.modelListener();
  }

  @Bean
  static GovernedProviders governorToolProviders(ObjectProvider<GovernedTools> tools) {
    return new GovernedProviders(tools);
  }

  @Bean
  static BuiltServices governorBuiltServices(
      ObjectProvider<GovernedTools> tools, Environment environment) {
    return new BuiltServices(tools, check(environment));
  }

  /** For what comes before any bean, and so before the properties are one. */
  private static ServiceCheck check(Environment environment) {
    return new ServiceCheck(
        environment.getProperty("governor.langchain4j.strict", Boolean.class, true));
  }

  /** Only where there is something whose services could be governed. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = GovernedServices.FACTORY)
  static class Services {

    @Bean
    static GovernedServices governorAiServices(Environment environment) {
      return new GovernedServices(check(environment));
    }
  }
}
