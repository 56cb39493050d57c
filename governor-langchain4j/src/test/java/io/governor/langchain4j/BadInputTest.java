package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import io.governor.Governor;
import io.governor.testkit.RecordingTraceSink;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tools and providers that do not behave: the outcomes that {@link GovernedTools} documents. */
@Timeout(60)
class BadInputTest {

  interface Assistant {
    String ask(String message);
  }

  private static final ToolSpecification SPECIFICATION =
      ToolSpecification.builder().name("crm.lookup").build();

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor = Governor.builder().trace(trace).build();
  private final GovernedTools tools = GovernedTools.with(governor).build();
  private final InvocationContext context = context();

  @Test
  void withoutACallIdTheToolSeesNoneAndTheRecordHasOneOfOurs() {
    ToolExecutor tool = tools.executor((request, memory) -> String.valueOf(request.id()));

    String seen = tool.executeWithContext(call(null), context).resultText();

    assertThat(seen).isEqualTo("null");
    assertThat(Traces.scopes(trace).get(0).toolUseId()).isNull();
    assertThat(trace.events().get(2).governor().callId()).isNotEmpty();
  }

  @Test
  void anErrorOfAToolReachesTheCallerAsItIs() {
    LinkageError broken = new LinkageError("half deployed");
    Script script = Script.of(Script.calls(call("1")));
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(script.model())
            .tools(
                tools.of(
                    Map.of(
                        SPECIFICATION,
                        (request, memory) -> {
                          throw broken;
                        })))
            .registerListeners(tools.listeners())
            .build();

    assertThat(catchThrowable(() -> assistant.ask("hello"))).isSameAs(broken);
    assertThat(Traces.scopes(trace)).hasSize(1);
    assertThat(Traces.snapshots(trace)).isEmpty();
  }

  @Test
  void aToolThatHangsHoldsUpNobodyElseAndMayBeInterrupted() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    ToolExecutor hung =
        tools.executor(
            (request, memory) -> {
              hangs.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
              }
              return "never";
            });
    ToolExecutor other = tools.executor((request, memory) -> "ran");
    ExecutorService caller = Executors.newSingleThreadExecutor();
    Future<?> waiting = caller.submit(() -> hung.executeWithContext(call("1"), context));
    assertThat(hangs.await(20, TimeUnit.SECONDS)).isTrue();

    assertThat(other.executeWithContext(call("2"), context).resultText()).isEqualTo("ran");
    assertThat(Traces.scopes(trace)).hasSize(2);
    assertThat(Traces.snapshots(trace)).hasSize(1);
    governor.close();

    assertThat(waiting.isDone()).isFalse();
    caller.shutdownNow();
    assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
        .rootCause()
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aToolThatReturnsNullDoesWhatItDidBefore() {
    ToolExecutor bare = (request, memory) -> null;
    ToolExecutor nothing = returning(null);

    assertThat(tools.executor(nothing).executeWithContext(call("1"), context)).isNull();
    assertThat(tools.executor(bare).execute(call("2"), null)).isNull();
    assertThat(describe(tools.executor(bare))).isEqualTo(describe(bare));
    assertThat(Traces.snapshots(trace)).hasSizeGreaterThanOrEqualTo(2);
  }

  private String describe(ToolExecutor tool) {
    try {
      return String.valueOf(tool.executeWithContext(call("3"), context).resultText());
    } catch (RuntimeException failure) {
      return failure.toString();
    }
  }

  /** It is counted, not copied: the model gets the very object. */
  @Test
  void aResultOfFiftyMegabytesPassesAsItIs() {
    ToolExecutionResult huge =
        ToolExecutionResult.builder().resultText("x".repeat(50 * 1024 * 1024)).build();

    ToolExecutionResult got =
        tools.executor(returning(huge)).executeWithContext(call("1"), context);

    assertThat(got).isSameAs(huge);
    assertThat(Traces.snapshots(trace).get(0).contextSizeTokens()).isGreaterThan(10_000_000L);
  }

  @Test
  void aResultOfFiftyMegabytesIsLookedThroughAndRedacted() {
    Governor enforcing =
        Governor.builder()
            .trace(trace)
            .policy(
                Policies.of(
                    "enforce",
                    """
                    rules:
                      - id: ACME-101
                        tool: "*"
                        when: {detect: [email_address], in: [result]}
                        effect: redact
                    """))
            .build();
    String text = "lorem ipsum ".repeat(4 * 1024 * 1024) + "mia@shop.example";
    ToolExecutionResult huge = ToolExecutionResult.builder().resultText(text).build();

    ToolExecutionResult got =
        GovernedTools.with(enforcing)
            .build()
            .executor(returning(huge))
            .executeWithContext(call("1"), context);

    assertThat(got.resultText()).doesNotContain("mia@shop.example");
  }

  @Test
  void aProviderThatThrowsDoesSoAsBeforeAndNothingIsRecorded() {
    IllegalStateException own = new IllegalStateException("no server");
    ToolProvider failing =
        request -> {
          throw own;
        };
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(Script.of().model())
            .toolProvider(tools.provider(failing))
            .registerListeners(tools.listeners())
            .build();

    assertThat(catchThrowable(() -> assistant.ask("hello"))).isSameAs(own);
    assertThatThrownBy(
            () ->
                tools
                    .provider(failing)
                    .provideTools(new ToolProviderRequest("default", UserMessage.from("hello"))))
        .isSameAs(own);
    assertThat(trace.events()).isEmpty();
    assertThat(governor.health().openSessions()).isZero();
  }

  private static ToolExecutionRequest call(String id) {
    return Script.call(id, "crm.lookup", "{}");
  }

  private static InvocationContext context() {
    return InvocationContext.builder().invocationId(UUID.randomUUID()).build();
  }

  private static ToolExecutor returning(ToolExecutionResult result) {
    return new ToolExecutor() {
      @Override
      public String execute(ToolExecutionRequest request, Object memoryId) {
        throw new UnsupportedOperationException();
      }

      @Override
      public ToolExecutionResult executeWithContext(
          ToolExecutionRequest request, InvocationContext given) {
        return result;
      }
    };
  }
}
