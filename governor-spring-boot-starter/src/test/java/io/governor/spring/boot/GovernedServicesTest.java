package io.governor.spring.boot;

import static io.governor.spring.boot.Contexts.deny;
import static io.governor.spring.boot.Contexts.packageOf;
import static io.governor.spring.boot.Contexts.scanning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.governor.Rule;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import io.governor.langchain4j.GovernedTools;
import io.governor.spring.boot.explicit.Clerk;
import io.governor.spring.boot.services.Assistant;
import io.governor.spring.boot.streaming.Streamer;
import io.governor.testkit.RecordingTraceSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.MutablePropertyValues;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.GenericBeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whatever way a tool comes to an AI service of an application, it is governed. */
class GovernedServicesTest {

  private static final String LOOKUP = "{\"text\":\"Ada\"}";

  private final Script script = new Script();
  private final RecordingTraceSink trace = new RecordingTraceSink();

  private ApplicationContextRunner application(Class<?> service) {
    return scanning(packageOf(service))
        .withBean(GovernorCustomizer.class, () -> builder -> builder.trace(trace))
        .withBean("clerkModel", ChatModel.class, script::model);
  }

  @Test
  void aCallThatARuleDeniesNeverRunsAndTheModelReadsWhy() {
    script.calls("crm.lookup", LOOKUP);
    application(Assistant.class)
        .withBean(Crm.class)
        .withBean(Rule.class, () -> deny("crm.lookup"))
        .run(
            context -> {
              assertThat(context.getBean(Assistant.class).ask("Who is Ada?")).isEqualTo("done");

              assertThat(context.getBean(Crm.class).runs()).isZero();
              assertThat(script.result()).contains("ACME-101", "Not today.", "Ask the user.");
              assertThat(script.results().get(0).isError()).isTrue();
              assertThat(types())
                  .containsExactly(
                      EventType.AGENT_REGISTERED,
                      EventType.INTENT_DECLARED,
                      EventType.SCOPE_ASSERTED);
            });
  }

  @Test
  void aCallThatNoRuleMindsRunsAndItsSessionEndsWithTheInvocation() {
    script.calls("crm.lookup", LOOKUP);
    application(Assistant.class)
        .withBean(Crm.class)
        .run(
            context -> {
              assertThat(context.getBean(Assistant.class).ask("Who is Ada?")).isEqualTo("done");

              assertThat(script.result()).isEqualTo("found Ada");
              assertThat(script.offered()).containsExactly("crm.lookup", "crm.open");
              assertThat(trace.closedSessions()).hasSize(1);
            });
  }

  @Test
  void explicitlyWiredToolsAndProvidersAreGoverned() {
    script.calls("crm.lookup", LOOKUP).calls("mail.send", "{}");
    AtomicInteger sent = new AtomicInteger();
    application(Clerk.class)
        .withBean("crm", Crm.class)
        .withBean("notForClerks", Other.class)
        .withBean("mail", Mail.class, () -> new Mail(sent))
        .withBean(Rule.class, () -> deny("*"))
        .run(
            context -> {
              Clerk clerk = context.getBean(Clerk.class);
              clerk.ask("Who is Ada?");
              assertThat(script.result()).contains("ACME-101");
              clerk.ask("Write to her");
              assertThat(script.result()).contains("ACME-101");

              assertThat(script.offered()).containsExactly("crm.lookup", "crm.open", "mail.send");
              assertThat(context.getBean("crm", Crm.class).runs()).isZero();
              assertThat(sent).hasValue(0);
            });
  }

  @Test
  void streamingServicesAreGoverned() {
    script.calls("crm.lookup", LOOKUP);
    scanning(packageOf(Streamer.class))
        .withBean(GovernorCustomizer.class, () -> builder -> builder.trace(trace))
        .withBean(StreamingChatModel.class, script::streamingModel)
        .withBean(Crm.class)
        .withBean(Rule.class, () -> deny("crm.lookup"))
        .run(
            context -> {
              CompletableFuture<ChatResponse> done = new CompletableFuture<>();
              context
                  .getBean(Streamer.class)
                  .ask("Who is Ada?", new InvocationParameters())
                  .onPartialResponse(part -> {})
                  .onCompleteResponse(done::complete)
                  .onError(done::completeExceptionally)
                  .start();

              assertThat(done.get(20, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("done");
              assertThat(script.result()).contains("ACME-101");
              assertThat(context.getBean(Crm.class).runs()).isZero();
            });
  }

  @Test
  void toolsBehindAProxyOfSpringAreGovernedAndTheProxyStaysInBetween() {
    script.calls("crm.lookup", LOOKUP).calls("crm.open", LOOKUP);
    AtomicInteger through = new AtomicInteger();
    application(Assistant.class)
        .withBean("crm", Crm.class, () -> proxied(through))
        .withBean(Rule.class, () -> deny("crm.open"))
        .run(
            context -> {
              Assistant assistant = context.getBean(Assistant.class);
              assistant.ask("Who is Ada?");
              assertThat(script.result()).isEqualTo("found Ada");
              assertThat(through).hasValue(1);

              assistant.ask("Show her");
              assertThat(script.result()).contains("ACME-101");
              assertThat(through).hasValue(1);
            });
  }

  @Test
  void lazyAndPrototypeToolsAreGoverned() {
    script.calls("crm.lookup", LOOKUP).calls("other", "{}");
    application(Assistant.class)
        .withBean("crm", Crm.class, Crm::new, definition -> definition.setLazyInit(true))
        .withBean("other", Other.class, Other::new, definition -> definition.setScope("prototype"))
        .withBean(Rule.class, () -> deny("*"))
        .run(
            context -> {
              Assistant assistant = context.getBean(Assistant.class);
              assistant.ask("Who is Ada?");
              assertThat(script.result()).contains("ACME-101");
              assistant.ask("And the other?");
              assertThat(script.result()).contains("ACME-101");
            });
  }

  @Test
  void aServiceThatIsMadeBeforeEverythingElseIsGoverned() {
    script.calls("crm.lookup", LOOKUP);
    application(Assistant.class)
        .withBean(Crm.class)
        .withBean(Rule.class, () -> deny("crm.lookup"))
        .withUserConfiguration(Early.class)
        .run(
            context -> {
              context.getBean(Assistant.class).ask("Who is Ada?");
              assertThat(script.result()).contains("ACME-101");
            });
  }

  /** Wants the service while other post-processors are still being made. */
  @Configuration(proxyBeanMethods = false)
  static class Early {
    @Bean
    static org.springframework.beans.factory.config.BeanPostProcessor early(Assistant assistant) {
      assertThat(assistant).isNotNull();
      return new org.springframework.beans.factory.config.BeanPostProcessor() {};
    }
  }

  @Test
  void aProviderThatIsDeclaredAsOneIsGovernedForServicesBuiltByHandToo() {
    script.calls("mail.send", "{}");
    application(Clerk.class)
        .withUserConfiguration(ByHand.class)
        .withBean("crm", Crm.class)
        .withBean(Rule.class, () -> deny("mail.send"))
        .run(
            context -> {
              AtomicInteger sent = context.getBean(AtomicInteger.class);
              Assistant assistant =
                  AiServices.builder(Assistant.class)
                      .chatModel(script.model())
                      .toolProvider(context.getBean(ToolProvider.class))
                      .build();
              assistant.ask("Write to her");

              assertThat(script.result()).contains("ACME-101");
              assertThat(sent).hasValue(0);
              assertThat(scopes()).hasSize(1);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class ByHand {
    private final AtomicInteger sent = new AtomicInteger();

    @Bean
    AtomicInteger sent() {
      return sent;
    }

    @Bean
    ToolProvider mail() {
      return new Mail(sent);
    }
  }

  @Test
  void aProviderThatIsWrappedTwiceIsJudgedOnce() {
    script.calls("mail.send", "{}");
    application(Clerk.class)
        .withUserConfiguration(ByHand.class)
        .withBean("crm", Crm.class)
        .run(
            context -> {
              context.getBean(Clerk.class).ask("Write to her");
              assertThat(script.result()).isEqualTo("sent");
              assertThat(scopes()).hasSize(1);
            });
  }

  @Test
  void servicesBuiltByHandUseTheBean() {
    script.calls("crm.lookup", LOOKUP);
    scanning("io.governor.spring.boot.nothing")
        .withBean(GovernorCustomizer.class, () -> builder -> builder.trace(trace))
        .withBean(Rule.class, () -> deny("crm.lookup"))
        .run(
            context -> {
              GovernedTools tools = context.getBean(GovernedTools.class);
              AiServices.builder(Assistant.class)
                  .chatModel(script.model())
                  .tools(tools.of(new Crm()))
                  .build()
                  .ask("Who is Ada?");
              assertThat(script.result()).contains("ACME-101");
              assertThat(context).hasSingleBean(ChatModelListener.class);
            });
  }

  @Test
  void aServiceThatIsDefinedTooLateToBeGovernedStopsTheStart() {
    application(Clerk.class)
        .withBean("crm", Crm.class)
        .withBean("mail", Mail.class, () -> new Mail(new AtomicInteger()))
        .withUserConfiguration(Late.class)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("\"late\" cannot be governed"));
  }

  @Test
  void aDefinitionWithPartsNobodyKnowsStopsTheStart() {
    application(Clerk.class)
        .withBean("crm", Crm.class)
        .withBean("mail", Mail.class, () -> new Mail(new AtomicInteger()))
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    factory -> define((BeanDefinitionRegistry) factory, "future", "guardrails")))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageContaining(
                        "the AI service \"future\" cannot be governed: its definition has parts that"
                            + " are not known here: [guardrails]"));
  }

  @Test
  void whoIsNotStrictIsWarnedAndStarts() {
    application(Clerk.class)
        .withPropertyValues("governor.langchain4j.strict=false")
        .withBean("crm", Crm.class)
        .withBean("mail", Mail.class, () -> new Mail(new AtomicInteger()))
        .withUserConfiguration(Late.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context.getBeanFactory().containsBeanDefinition("late")).isTrue();
            });
  }

  /** Defines a service behind everyone's back, after all definitions were looked at. */
  @Configuration(proxyBeanMethods = false)
  static class Late {
    @Bean
    static Object definesLate(BeanFactory beans) {
      define((BeanDefinitionRegistry) beans, "late", null);
      return new Object();
    }
  }

  private static void define(BeanDefinitionRegistry registry, String name, String property) {
    GenericBeanDefinition definition = new GenericBeanDefinition();
    definition.setBeanClassName(GovernedServices.FACTORY);
    definition.setLazyInit(true);
    definition.getConstructorArgumentValues().addGenericArgumentValue(Runnable.class);
    MutablePropertyValues properties = definition.getPropertyValues();
    if (property != null) {
      properties.add(property, "x");
    }
    registry.registerBeanDefinition(name, definition);
  }

  @Test
  void disabledMeansThatNothingIsThere() {
    script.calls("crm.lookup", LOOKUP);
    application(Assistant.class)
        .withPropertyValues("governor.enabled=false")
        .withBean(Crm.class)
        .withBean(Rule.class, () -> deny("crm.lookup"))
        .run(
            context -> {
              context.getBean(Assistant.class).ask("Who is Ada?");
              assertThat(script.result()).isEqualTo("found Ada");
              assertThat(context).doesNotHaveBean(GovernedTools.class);
              assertThat(trace.events()).isEmpty();
            });
  }

  private static Crm proxied(AtomicInteger through) {
    ProxyFactory factory = new ProxyFactory(new Crm());
    factory.setProxyTargetClass(true);
    MethodInterceptor counting =
        call -> {
          if (call.getMethod().getName().matches("lookup|open")) {
            through.incrementAndGet();
          }
          return call.proceed();
        };
    factory.addAdvice(counting);
    return (Crm) factory.getProxy();
  }

  /** Another tool. */
  static class Other {
    @Tool("Something else")
    String other() {
      return "other";
    }
  }

  /** A provider of one tool. */
  record Mail(AtomicInteger sent) implements ToolProvider {
    @Override
    public ToolProviderResult provideTools(
        dev.langchain4j.service.tool.ToolProviderRequest request) {
      ToolExecutor send =
          (call, memoryId) -> {
            sent.incrementAndGet();
            return "sent";
          };
      return ToolProviderResult.builder()
          .add(
              ToolSpecification.builder()
                  .name("mail.send")
                  .parameters(JsonObjectSchema.builder().build())
                  .build(),
              send)
          .build();
    }
  }

  private List<EventType> types() {
    return trace.events().stream().map(TraceEvent::type).toList();
  }

  private List<TraceEvent> scopes() {
    return trace.events().stream()
        .filter(event -> event.type().equals(EventType.SCOPE_ASSERTED))
        .toList();
  }
}
