package io.governor.spring.boot;

import static io.governor.spring.boot.Contexts.packageOf;
import static io.governor.spring.boot.Contexts.scanning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.event.AdvisoryFlag;
import io.governor.event.EventType;
import io.governor.langchain4j.GovernedTools;
import io.governor.spring.boot.services.Assistant;
import io.governor.spring.boot.streaming.Streamer;
import io.governor.testkit.RecordingTraceSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What stands between an AI service of an application and its model. */
class GovernedModelsTest {

  private static final String LOOKUP = "{\"text\":\"Ada\"}";

  private final Script script = new Script();
  private final RecordingTraceSink trace = new RecordingTraceSink();

  private ApplicationContextRunner application(Class<?> service) {
    return scanning(packageOf(service))
        .withBean(GovernorCustomizer.class, () -> builder -> builder.trace(trace))
        .withBean(Crm.class);
  }

  private static Rule withdrawing(String tool) {
    return Rule.named("ACME-101").tools("crm.lookup").contract(tool).mode(Mode.ENFORCE).warn();
  }

  @Test
  void aWithdrawnToolIsGoneFromTheNextRequest() {
    script.calls("crm.lookup", LOOKUP);
    application(Assistant.class)
        .withBean(ChatModel.class, script::model)
        .withBean(Rule.class, () -> withdrawing("crm.open"))
        .run(
            context -> {
              context.getBean(Assistant.class).ask("Who is Ada?");
              assertThat(script.offered()).containsExactly("crm.lookup");
            });
  }

  @Test
  void aWithdrawnToolIsGoneFromTheNextRequestOfAStream() {
    script.calls("crm.lookup", LOOKUP);
    application(Streamer.class)
        .withBean(StreamingChatModel.class, script::streamingModel)
        .withBean(Rule.class, () -> withdrawing("crm.open"))
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
              assertThat(script.offered()).containsExactly("crm.lookup");
            });
  }

  @Test
  void theModelsListenersAndDefaultsAreWhatTheyWere() {
    script.calls("crm.lookup", LOOKUP);
    AtomicInteger heard = new AtomicInteger();
    ChatModelListener listener =
        new ChatModelListener() {
          @Override
          public void onRequest(ChatModelRequestContext context) {
            heard.incrementAndGet();
          }
        };
    application(Assistant.class)
        .withBean(ChatModel.class, () -> configured(script.model(), listener))
        .withBean(Rule.class, () -> withdrawing("crm.open"))
        .run(
            context -> {
              context.getBean(Assistant.class).ask("Who is Ada?");

              assertThat(script.offered()).containsExactly("crm.lookup");
              assertThat(script.requests()).map(ChatRequest::modelName).containsOnly("acme-1");
              assertThat(heard).hasValue(2);
            });
  }

  private static ChatModel configured(ChatModel model, ChatModelListener listener) {
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        return model.doChat(request);
      }

      @Override
      public ChatRequestParameters defaultRequestParameters() {
        return ChatRequestParameters.builder().modelName("acme-1").build();
      }

      @Override
      public List<ChatModelListener> listeners() {
        return List.of(listener);
      }
    };
  }

  @Test
  void aToolThatDoesNotExistEndsTheInvocationAsBeforeAndIsOnRecord() {
    script.calls("crm.delete", LOOKUP);
    application(Assistant.class)
        .withBean(ChatModel.class, script::model)
        .run(
            context -> {
              Assistant assistant = context.getBean(Assistant.class);

              assertThatThrownBy(() -> assistant.ask("Forget Ada"))
                  .hasMessageContaining("crm.delete");
              assertThat(trace.events())
                  .filteredOn(event -> event.type().equals(EventType.SCOPE_ASSERTED))
                  .singleElement()
                  .satisfies(
                      event -> assertThat(event.flags()).contains(AdvisoryFlag.TOOL_UNKNOWN));
            });
  }

  /** Under a bean that is strict, a service that nobody checked does not run. */
  @Test
  void eachServiceIsChecked() {
    script.calls("crm.lookup", LOOKUP);
    application(Assistant.class)
        .withBean(ChatModel.class, script::model)
        .withBean(
            GovernedTools.class,
            () -> GovernedTools.with(Governor.builder().trace(trace).build()).strict().build())
        .run(
            context ->
                assertThat(context.getBean(Assistant.class).ask("Who is Ada?")).isEqualTo("done"));
  }
}
