package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutionErrorHandler;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.testkit.RecordingTraceSink;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the model may read of a tool's failure. */
class ErrorTextsTest {

  private static final String TOKEN = "ghp_" + "x9Kd02mVq7Lr4TzWb8Ns1Yc6Hf3Jg5Pa0Eu2";
  private static final String WITH_SECRET = "401 for https://git.example: token " + TOKEN;

  private static final String REDACT_RESULTS =
      """
      rules:
        - id: ACME-101
          tool: "*"
          when: {detect: [email_address], in: [result]}
          effect: redact
      """;

  interface Assistant {
    String ask(String message);
  }

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor =
      Governor.builder().trace(trace).policy(Policies.of("enforce", REDACT_RESULTS)).build();
  private final GovernedTools tools = GovernedTools.with(governor).build();

  @Test
  void theMessageIsKeptAndSecretsAreTakenOut() {
    assertThat(told(WITH_SECRET, tools.redactingErrors()))
        .startsWith("401 for https://git.example: token [REDACTED:")
        .doesNotContain(TOKEN);
  }

  @Test
  void aMessageWithoutSecretsIsWordForWordWhatLangChain4jTells() {
    assertThat(told("the bank is closed", tools.redactingErrors()))
        .isEqualTo(told("the bank is closed", null))
        .isEqualTo("the bank is closed");
    assertThat(told(null, tools.redactingErrors())).isEqualTo(told(null, null));
  }

  @Test
  void rulesThatRedactResultsRedactWhatAnExceptionSays() {
    assertThat(told("no account mia@shop.example", tools.redactingErrors()))
        .isEqualTo("no account [REDACTED:email_address]");
    assertThat(Traces.snapshots(trace)).hasSize(1);
    assertThat(Traces.scopes(trace)).hasSize(1);
  }

  @Test
  void rulesThatRedactResultsRedactErrorResultsWithoutAnyHandler() {
    ToolExecutionResult given =
        ToolExecutionResult.builder()
            .isError(true)
            .resultText("no account mia@shop.example")
            .attributes(Map.of("code", 404))
            .build();

    ToolExecutionResult got = returning(given);

    assertThat(got.isError()).isTrue();
    assertThat(got.resultText()).isEqualTo("no account [REDACTED:email_address]");
    assertThat(got.attributes()).containsExactly(Map.entry("code", 404));
  }

  @Test
  void anErrorResultMayBeWithheld() {
    Rule rule = Rule.named("ACME-102").onResult().mode(Mode.ENFORCE).reason("No.").deny();
    GovernedTools strict =
        GovernedTools.with(Governor.builder().trace(trace).rules(rule).build()).build();
    ToolExecutionResult given =
        ToolExecutionResult.builder().isError(true).resultText(WITH_SECRET).build();

    ToolExecutionResult got =
        strict.executor(returner(given)).executeWithContext(call(), context());

    assertThat(got.isError()).isTrue();
    assertThat(got.resultText()).isEqualTo("Refused by rule ACME-102. No.");
    assertThat(told(WITH_SECRET, strict, strict.redactingErrors()))
        .isEqualTo("Refused by rule ACME-102. No.");
  }

  @Test
  void theHostsOwnHandlerComesFirstAndItsWordsAreRedacted() {
    ToolExecutionErrorHandler own =
        (failure, context) ->
            ToolErrorHandlerResult.text(
                "sorry: " + failure.getMessage() + " " + context.memoryId());

    assertThat(told("token " + TOKEN, tools.redactingErrors(own)))
        .matches("sorry: token \\[REDACTED:[a-z_]+] default");
  }

  @Test
  void aHandlerThatEndsTheInvocationStillDoes() {
    ToolExecutionErrorHandler ending =
        (failure, context) -> {
          throw new IllegalStateException("enough");
        };

    assertThatThrownBy(() -> told("x", tools.redactingErrors(ending))).hasMessage("enough");
  }

  private ToolExecutionResult returning(ToolExecutionResult given) {
    return tools.executor(returner(given)).executeWithContext(call(), context());
  }

  private static ToolExecutor returner(ToolExecutionResult given) {
    return new ToolExecutor() {
      @Override
      public String execute(
          dev.langchain4j.agent.tool.ToolExecutionRequest request, Object memoryId) {
        throw new UnsupportedOperationException();
      }

      @Override
      public ToolExecutionResult executeWithContext(
          dev.langchain4j.agent.tool.ToolExecutionRequest request, InvocationContext context) {
        return given;
      }
    };
  }

  private static dev.langchain4j.agent.tool.ToolExecutionRequest call() {
    return Script.call("1", "report", "{}");
  }

  private static InvocationContext context() {
    return InvocationContext.builder().invocationId(UUID.randomUUID()).build();
  }

  private String told(String message, ToolExecutionErrorHandler handler) {
    return told(message, tools, handler);
  }

  private static String told(
      String message, GovernedTools tools, ToolExecutionErrorHandler handler) {
    Script script = Script.of(Script.calls(call()), Script.says("a pity"));
    AiServices<Assistant> services =
        AiServices.builder(Assistant.class)
            .chatModel(script.model())
            .tools(
                tools.of(
                    Map.of(
                        ToolSpecification.builder().name("report").build(),
                        (request, memoryId) -> {
                          throw new IllegalStateException(message);
                        })));
    if (handler != null) {
      services.toolExecutionErrorHandler(handler);
    }
    services.build().ask("hello");
    return ((ToolExecutionResultMessage) script.requests().get(1).messages().get(2)).text();
  }
}
