package io.governor.spring.boot;

import static io.governor.spring.boot.Contexts.scanning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.langchain4j.service.AiServices;
import io.governor.Approver;
import io.governor.langchain4j.GovernedTools;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** AI services that an application builds by hand stop it if they reach a tool ungoverned. */
class BuiltServicesTest {

  private final ApplicationContextRunner application = scanning("io.governor.spring.boot.nothing");

  /** No {@code @AiService}: nobody but the application knows that it is one. */
  interface Support {
    String ask(String prompt);
  }

  /** What an application that forgot the governor builds. */
  private static Support ungoverned() {
    return AiServices.builder(Support.class)
        .chatModel(new Script().model())
        .tools(new Crm())
        .build();
  }

  private static Support proxied(Support service) {
    ProxyFactory factory = new ProxyFactory(service);
    factory.addInterface(Support.class);
    MethodInterceptor passing = call -> call.proceed();
    factory.addAdvice(passing);
    return (Support) factory.getProxy();
  }

  private static void assertStops(ApplicationContextRunner runner) {
    runner.run(
        context -> {
          assertThat(context).hasFailed();
          FailureAnalysis told = new GovernorFailureAnalyzer().analyze(context.getStartupFailure());
          assertThat(told).isNotNull();
          assertThat(told.getDescription())
              .startsWith("the AI service \"support\" is not governed")
              .contains("ungoverned  crm.lookup of " + Support.class.getName());
          assertThat(told.getAction()).contains("governor.langchain4j.strict");
        });
  }

  @Test
  void anUngovernedToolStopsTheStart() {
    assertStops(application.withBean("support", Support.class, BuiltServicesTest::ungoverned));
  }

  @Test
  void aProxyOfSpringHidesNothing() {
    assertStops(
        application.withBean(
            "support", Support.class, () -> proxied(proxied(BuiltServicesTest.ungoverned()))));
  }

  @Test
  void whatAFactoryMakesIsLookedAt() {
    assertStops(application.withBean("support", Factory.class).withUserConfiguration(Wants.class));
  }

  @Test
  void whatWasRegisteredByHandIsLookedAt() {
    assertStops(
        application.withInitializer(
            context -> context.getBeanFactory().registerSingleton("support", ungoverned())));
  }

  /** Makes the service when somebody asks for it. */
  static final class Factory implements FactoryBean<Support> {
    @Override
    public Support getObject() {
      return ungoverned();
    }

    @Override
    public Class<?> getObjectType() {
      return Support.class;
    }
  }

  /** Somebody who asks. */
  @Configuration(proxyBeanMethods = false)
  static class Wants {
    @Bean
    Object wanting(Support support) {
      return new Object();
    }
  }

  @Test
  void whatIsMadeAfterTheStartIsStoppedThen() {
    application
        .withUserConfiguration(Later.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThatThrownBy(() -> context.getBean("support"))
                  .hasRootCauseInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("the AI service \"support\" is not governed");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Later {
    @Bean
    @Lazy
    Support support() {
      return ungoverned();
    }
  }

  @Test
  void whoIsNotStrictIsWarnedOnceAndStarts() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(ServiceCheck.class);
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.WARN);
    try {
      application
          .withPropertyValues("governor.langchain4j.strict=false")
          .withBean("support", Support.class, BuiltServicesTest::ungoverned)
          .run(context -> assertThat(context).hasNotFailed());
    } finally {
      logger.setLevel(null);
      logger.detachAppender(log);
    }

    assertThat(log.list)
        .singleElement()
        .asString()
        .contains("tools run UNGOVERNED: the AI service \"support\" is not governed");
  }

  @Test
  void servicesWithGovernedToolsOrNoneAreLeftInPeace() {
    application
        .withUserConfiguration(Governed.class)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Configuration(proxyBeanMethods = false)
  static class Governed {
    @Bean
    Support support(GovernedTools tools) {
      return AiServices.builder(Support.class)
          .chatModel(new Script().model())
          .tools(tools.of(new Crm()))
          .build();
    }

    @Bean
    Support proxiedSupport(GovernedTools tools) {
      return proxied(support(tools));
    }

    @Bean
    Support toolless() {
      return AiServices.builder(Support.class).chatModel(new Script().model()).build();
    }
  }

  /** The governor is made of it, so it cannot be asked about it yet. */
  @Test
  void theGovernorItselfMayNeedAService() {
    application
        .withUserConfiguration(Asking.class)
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Configuration(proxyBeanMethods = false)
  static class Asking {
    @Bean
    Support judge() {
      return AiServices.builder(Support.class).chatModel(new Script().model()).build();
    }

    @Bean
    Approver approver(Support judge) {
      return Approver.blocking(request -> false);
    }
  }
}
