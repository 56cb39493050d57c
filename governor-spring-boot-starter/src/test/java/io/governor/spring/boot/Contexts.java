package io.governor.spring.boot;

import dev.langchain4j.spring.LangChain4jAutoConfig;
import io.governor.Mode;
import io.governor.Rule;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Small applications, started in the process of the test. */
final class Contexts {

  private Contexts() {}

  /** LangChain4j's starter and ours, which find the services of a package. */
  static ApplicationContextRunner scanning(String packageName) {
    return new ApplicationContextRunner()
        .withInitializer(
            context ->
                AutoConfigurationPackages.register(
                    (BeanDefinitionRegistry) context.getBeanFactory(), packageName))
        .withConfiguration(
            AutoConfigurations.of(
                LangChain4jAutoConfig.class,
                GovernorAutoConfiguration.class,
                GovernorLangChain4jAutoConfiguration.class));
  }

  static String packageOf(Class<?> service) {
    return service.getPackageName();
  }

  /** A rule that refuses a tool. */
  static Rule deny(String tool) {
    return Rule.named("ACME-101")
        .tools(tool)
        .reason("Not today.")
        .suggest("Ask the user.")
        .mode(Mode.ENFORCE)
        .deny();
  }
}
