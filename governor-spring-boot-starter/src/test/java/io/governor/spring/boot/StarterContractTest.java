package io.governor.spring.boot;

import static io.governor.spring.boot.Contexts.packageOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.spring.LangChain4jAutoConfig;
import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.langchain4j.GovernedTools;
import io.governor.spring.boot.services.Assistant;
import io.governor.spring.boot.streaming.Streamer;
import io.governor.testkit.AdapterContract;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Services that the starter governs pass the exam that every adapter takes. */
class StarterContractTest {

  private abstract static class ServiceContract extends AdapterContract {

    abstract Class<?> service();

    abstract void ask(ApplicationContext context, String prompt, InvocationParameters session)
        throws Exception;

    @Override
    protected Run start(Governor governor, String prompt) {
      Script script = new Script();
      AtomicReference<Tool> current = new AtomicReference<>();
      Crm crm = new Crm(text -> current.get().run(text));
      AnnotationConfigApplicationContext context = application(governor, script, crm);
      InvocationParameters session =
          InvocationParameters.from("session", UUID.randomUUID().toString());
      return new Run() {
        @Override
        public Answer call(String text, Tool tool) {
          current.set(tool);
          script.calls(TOOL, ToolArguments.of(Map.of(ARGUMENT, text)).json());
          return Answer.of(
              () -> {
                ask(context, prompt, session);
                return script.result();
              });
        }

        @Override
        public void close() {
          context.close();
        }
      };
    }

    private AnnotationConfigApplicationContext application(
        Governor governor, Script script, Crm crm) {
      AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
      AutoConfigurationPackages.register(context, packageOf(service()));
      // The governor is the exam's: a bean that is only registered is not closed.
      context.getBeanFactory().registerSingleton("governor", governor);
      context.registerBean(GovernedTools.class, () -> tools(governor));
      context.registerBean(Crm.class, () -> crm);
      context.registerBean(ChatModel.class, script::model);
      context.registerBean(StreamingChatModel.class, script::streamingModel);
      context.register(
          LangChain4jAutoConfig.class,
          GovernorAutoConfiguration.class,
          GovernorLangChain4jAutoConfiguration.class);
      context.refresh();
      return context;
    }

    private static GovernedTools tools(Governor governor) {
      return GovernedTools.with(governor)
          .sessionOf(context -> context.invocationParameters().get("session"))
          .build();
    }

    /** LangChain4j turns what a tool throws into what the model reads. */
    @Override
    protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
      assertThat(answer.text()).isEqualTo(thrown.getMessage());
    }
  }

  @Nested
  class Service extends ServiceContract {
    @Override
    Class<?> service() {
      return Assistant.class;
    }

    @Override
    void ask(ApplicationContext context, String prompt, InvocationParameters session) {
      assertThat(context.getBean(Assistant.class).ask(prompt, session)).isEqualTo("done");
    }
  }

  @Nested
  class StreamingService extends ServiceContract {
    @Override
    Class<?> service() {
      return Streamer.class;
    }

    @Override
    void ask(ApplicationContext context, String prompt, InvocationParameters session)
        throws Exception {
      CompletableFuture<ChatResponse> done = new CompletableFuture<>();
      context
          .getBean(Streamer.class)
          .ask(prompt, session)
          .onPartialResponse(part -> {})
          .onCompleteResponse(done::complete)
          .onError(done::completeExceptionally)
          .start();
      assertThat(done.get(20, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("done");
    }
  }
}
