package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecution;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.RuleBuilder;
import io.governor.ToolResult;
import io.governor.testkit.RecordingTraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever form a result has, it arrives as it was unless a rule changes it. */
class ResultsTest {

  private static final Content PICTURE = ImageContent.from("https://shop.example/parcel.png");

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final InvocationContext context =
      InvocationContext.builder().invocationId(UUID.randomUUID()).build();

  @Test
  void anUntouchedResultIsTheVeryObjectTheToolGave() {
    ToolExecutionResult given =
        ToolExecutionResult.builder()
            .result(List.of(1, 2))
            .resultContents(List.of(TextContent.from("two"), PICTURE))
            .attributes(Map.of("page", 1))
            .build();

    ToolExecutionResult got = governed(given).executeWithContext(request("{}"), context);

    assertThat(got).isSameAs(given);
  }

  @Test
  void anErrorResultPassesAsItIsAndLeavesNoSnapshot() {
    ToolExecutionResult given =
        ToolExecutionResult.builder()
            .isError(true)
            .resultText("no such customer")
            .attributes(Map.of("code", 404))
            .build();

    ToolExecutionResult got = governed(given).executeWithContext(request("{}"), context);

    assertThat(got).isSameAs(given);
    assertThat(Traces.scopes(trace)).hasSize(1);
    assertThat(Traces.snapshots(trace)).isEmpty();
  }

  @Test
  void aWarningKeepsAttributesValueAndErrorFlag() {
    ToolExecutionResult given =
        ToolExecutionResult.builder()
            .isError(true)
            .result(42)
            .resultText("no such customer")
            .attributes(Map.of("code", 404))
            .build();

    ToolExecutionResult got =
        governed(given, rule("ACME-101").warn()).executeWithContext(request("{}"), context);

    assertThat(got.isError()).isTrue();
    assertThat(got.result()).isEqualTo(42);
    assertThat(got.attributes()).containsExactly(Map.entry("code", 404));
    assertThat(got.resultText()).isEqualTo("no such customer\n\nWarning by rule ACME-101.");
  }

  @Test
  void aWarningBesideAPictureIsAContentOfItsOwn() {
    ToolExecutionResult given = contents(TextContent.from("the parcel"), PICTURE);

    ToolExecutionResult got =
        governed(given, rule("ACME-101").warn()).executeWithContext(request("{}"), context);

    assertThat(got.resultContents())
        .containsExactly(
            TextContent.from("the parcel"), PICTURE, TextContent.from("Warning by rule ACME-101."));
  }

  @Test
  void redactionReplacesTextsAndLeavesPictures() {
    Rule rule =
        rule("ACME-102")
            .redactResult(
                result ->
                    ToolResult.of(
                        List.of(
                            Map.of("type", "text", "text", "[gone]"), Map.of("type", "image"))));

    ToolExecutionResult got =
        governed(contents(TextContent.from("secret"), PICTURE), rule)
            .executeWithContext(request("{}"), context);

    assertThat(got.resultContents()).containsExactly(TextContent.from("[gone]"), PICTURE);
  }

  @Test
  void redactionIntoAnotherShapeLeavesNothingOfTheOriginal() {
    Rule rule = rule("ACME-102").redactResult(result -> ToolResult.of(Map.of("kept", 1)));

    ToolExecutionResult got =
        governed(contents(TextContent.from("secret"), PICTURE), rule)
            .executeWithContext(request("{}"), context);

    assertThat(got.resultText()).isEqualTo("{\"kept\":1}");
  }

  @Test
  void aRedactedTextReplacesTheValueThatWasThatText() {
    ToolExecutionResult given =
        ToolExecutionResult.builder().result("secret").resultText("secret").build();

    ToolExecutionResult got =
        governed(given, rule("ACME-102").redactResult(result -> ToolResult.ofText("[gone]")))
            .executeWithContext(request("{}"), context);

    assertThat(got.result()).isEqualTo("[gone]");
    assertThat(got.resultText()).isEqualTo("[gone]");
  }

  @ParameterizedTest
  @MethodSource("valuesThatAreNoText")
  void aRedactedTextReplacesWhateverValueItWasMadeFrom(Object value) {
    ToolExecutionResult given =
        ToolExecutionResult.builder()
            .result(value)
            .resultText("secret")
            .attributes(Map.of("page", 1))
            .build();

    ToolExecutionResult got =
        governed(given, rule("ACME-102").redactResult(result -> ToolResult.ofText("[gone]")))
            .executeWithContext(request("{}"), context);

    assertThat(got.result()).isEqualTo("[gone]");
    assertThat(got.resultText()).isEqualTo("[gone]");
    assertThat(got.attributes()).containsExactly(Map.entry("page", 1));
  }

  static List<Object> valuesThatAreNoText() {
    return List.of(
        Map.of("k", "secret"),
        List.of("secret"),
        new Customer("secret"),
        new char[] {'s'},
        Optional.of("secret"),
        TextContent.from("secret"));
  }

  record Customer(String name) {}

  @Test
  void contentsThatWereTheValueAreTheRedactedContentsAfterwards() {
    List<Content> raw = List.of(TextContent.from("secret"), PICTURE);
    ToolExecutionResult given =
        ToolExecutionResult.builder().result(raw).resultContents(raw).build();
    Rule rule =
        rule("ACME-102")
            .redactResult(
                result ->
                    ToolResult.of(
                        List.of(
                            Map.of("type", "text", "text", "[gone]"), Map.of("type", "image"))));

    ToolExecutionResult got = governed(given, rule).executeWithContext(request("{}"), context);

    assertThat(got.resultContents()).containsExactly(TextContent.from("[gone]"), PICTURE);
    assertThat(got.result()).isEqualTo(got.resultContents());
  }

  @Test
  void aRedactedResultWithAWarningHasTheTextWithoutTheWarningAsItsValue() {
    ToolExecutionResult given =
        ToolExecutionResult.builder().result(Map.of("k", 1)).resultText("{k=1}").build();

    ToolExecutionResult got =
        governed(
                given,
                rule("ACME-101").warn(),
                rule("ACME-102").redactResult(result -> ToolResult.ofText("[gone]")))
            .executeWithContext(request("{}"), context);

    assertThat(got.result()).isEqualTo("[gone]");
    assertThat(got.resultText()).isEqualTo("[gone]\n\nWarning by rule ACME-101.");
  }

  @Test
  void aResultWithoutValueGetsNoneByRedaction() {
    ToolExecutionResult given = ToolExecutionResult.builder().resultText("secret").build();

    ToolExecutionResult got =
        governed(given, rule("ACME-102").redactResult(result -> ToolResult.ofText("[gone]")))
            .executeWithContext(request("{}"), context);

    assertThat(got.result()).isNull();
    assertThat(got.resultText()).isEqualTo("[gone]");
  }

  @Test
  void theCallerOfAnImmediateToolDoesNotGetTheObjectWhoseTextWasRedacted() {
    Script script = Script.of(Script.calls(Script.call("1", "customer", "{}")));
    GovernedTools tools =
        tools(rule("ACME-102").redactResult(result -> ToolResult.ofText("[gone]")));

    Result<String> got =
        AiServices.builder(Reporter.class)
            .chatModel(script.model())
            .tools(tools.of(new Structured()))
            .build()
            .ask("who");

    ToolExecution execution = got.toolExecutions().get(0);
    assertThat(execution.result()).isEqualTo("[gone]");
    assertThat(execution.resultObject()).isEqualTo("[gone]");
  }

  static final class Structured {
    @Tool(name = "customer", returnBehavior = ReturnBehavior.IMMEDIATE)
    Map<String, Object> customer() {
      return Map.of("k", 1);
    }
  }

  /**
   * Reading a result may run code of the host. A failure there once looked like the tool's own,
   * after the tool had done its work.
   */
  @Test
  void aResultThatCannotBeReadIsStillTheResultOfACallThatRan() {
    AtomicInteger runs = new AtomicInteger();
    ToolExecutor tool =
        new ToolExecutor() {
          @Override
          public String execute(ToolExecutionRequest request, Object memoryId) {
            throw new UnsupportedOperationException();
          }

          @Override
          public ToolExecutionResult executeWithContext(
              ToolExecutionRequest request, InvocationContext context) {
            runs.incrementAndGet();
            return ToolExecutionResult.builder()
                .resultTextSupplier(
                    () -> {
                      throw new IllegalStateException("not serialisable");
                    })
                .build();
          }
        };

    ToolExecutionResult got = tools().executor(tool).executeWithContext(request("{}"), context);

    assertThat(runs).hasValue(1);
    assertThat(Traces.snapshots(trace)).hasSize(1);
    assertThatThrownBy(got::resultText).hasMessage("not serialisable");
  }

  @Test
  void aDeniedCallIsAnErrorResultThatSaysItWasDenied() {
    ToolExecutionResult got =
        governed(contents(PICTURE), rule("ACME-103").reason("No.").deny())
            .executeWithContext(request("{\"text\": \"secret\"}"), context);

    assertThat(got.isError()).isTrue();
    assertThat(got.resultText()).isEqualTo("Refused by rule ACME-103. No.");
    assertThat(got.attributes()).containsExactly(Map.entry("governor", "denied"));
  }

  @Test
  void aWithheldResultSaysSoAndLeavesNothingOfTheOriginal() {
    ToolExecutionResult given =
        ToolExecutionResult.builder()
            .result(Map.of("k", "secret"))
            .resultContents(List.of(TextContent.from("secret"), PICTURE))
            .attributes(Map.of("raw", "secret"))
            .build();

    ToolExecutionResult got =
        governed(given, rule("ACME-104").onResult().deny())
            .executeWithContext(request("{}"), context);

    assertThat(got.isError()).isTrue();
    assertThat(got.result()).isNull();
    assertThat(got.resultText()).isEqualTo("Refused by rule ACME-104.");
    assertThat(got.attributes()).containsExactly(Map.entry("governor", "withheld"));
  }

  @Test
  void aMissingCallIdStaysMissingForTheToolAndIsMintedForTheRecord() {
    AtomicReference<ToolExecutionRequest> seen = new AtomicReference<>();
    ToolExecutionRequest request = Script.call(null, "crm.lookup", "{}");

    tools()
        .executor(
            (asked, memoryId) -> {
              seen.set(asked);
              return "found";
            })
        .executeWithContext(request, context);

    assertThat(seen.get()).isSameAs(request);
    assertThat(Traces.scopes(trace).get(0).toolUseId()).isNull();
    assertThat(trace.events().get(2).governor().callId())
        .isNotEmpty()
        .isEqualTo(trace.events().get(3).governor().callId());
  }

  @Test
  void argumentsThatAreNoJsonReachTheToolAsTheyAre() {
    AtomicReference<String> seen = new AtomicReference<>();

    tools()
        .executor(
            (asked, memoryId) -> {
              seen.set(asked.arguments());
              return "found";
            })
        .executeWithContext(request("{\"text\": "), context);

    assertThat(seen).hasValue("{\"text\": ");
    assertThat(Traces.scopes(trace)).hasSize(1);
  }

  @Test
  void aToolWithoutNameIsGovernedAllTheSame() {
    governed(contents(PICTURE)).executeWithContext(Script.call("1", "", "{}"), context);

    assertThat(Traces.scopes(trace).get(0).toolId()).isEqualTo("unnamed");
  }

  @Test
  void aToolThatComesByTwiceIsRecordedOnce() {
    GovernedTools tools = tools();
    ToolExecutor wrapped = tools.executor((request, memoryId) -> "found");
    ToolProvider provider =
        request -> ToolProviderResult.builder().add(specification(Map.of()), wrapped).build();

    only(tools.provider(provider)).toolExecutor().executeWithContext(request("{}"), context);

    assertThat(Traces.scopes(trace)).hasSize(1);
  }

  @Test
  void aProviderStaysAsDynamicAsItWasAndMayProvideNothing() {
    GovernedTools tools = tools();
    ToolProvider dynamic =
        new ToolProvider() {
          @Override
          public ToolProviderResult provideTools(ToolProviderRequest request) {
            return null;
          }

          @Override
          public boolean isDynamic() {
            return true;
          }
        };

    assertThat(tools.provider(dynamic).isDynamic()).isTrue();
    assertThat(tools.provider(dynamic).provideTools(anyRequest())).isNull();
    assertThat(tools.provider(request -> null).isDynamic()).isFalse();
  }

  @Test
  void whatAnMcpServerSaysAboutItsToolRaisesTheOperation() {
    ToolProvider provider =
        request ->
            ToolProviderResult.builder()
                .add(specification(Map.of("readOnlyHint", false)), (asked, memoryId) -> "found")
                .build();

    only(tools().provider(provider)).toolExecutor().executeWithContext(request("{}"), context);

    assertThat(Traces.scopes(trace).get(0).operationType()).isEqualTo("WRITE");
  }

  @Test
  void returnBehaviourIsKept() {
    List<AiServiceTool> tools = tools().of(new Immediate(new ArrayList<>()));

    assertThat(tools.get(0).returnBehavior()).isEqualTo(ReturnBehavior.IMMEDIATE);
  }

  @Test
  void anImmediateResultGoesToTheCallerAndADeniedOneToTheModel() {
    List<String> runs = new ArrayList<>();
    Script script =
        Script.of(
            Script.calls(Script.call("1", "report", "{\"kind\": \"open\"}")),
            Script.calls(Script.call("2", "report", "{\"kind\": \"closed\"}")),
            Script.says("not allowed"));
    Rule rule = rule("ACME-105").tools("report").when(f -> f.text("/kind").equals("closed")).deny();
    GovernedTools tools = tools(rule);
    Reporter reporter =
        AiServices.builder(Reporter.class)
            .chatModel(script.model())
            .tools(tools.of(new Immediate(runs)))
            .build();

    Result<String> allowed = reporter.ask("open");
    Result<String> denied = reporter.ask("closed");

    assertThat(allowed.content()).isNull();
    assertThat(allowed.toolExecutions().get(0).resultObject()).isEqualTo("report: open");
    assertThat(denied.content()).isEqualTo("not allowed");
    assertThat(runs).containsExactly("open");
    ToolExecutionResultMessage told =
        (ToolExecutionResultMessage) script.requests().get(2).messages().get(2);
    assertThat(told.isError()).isTrue();
    assertThat(told.text()).startsWith("Refused by rule ACME-105.");
    assertThat(told.attributes()).containsEntry(GovernedTools.ATTRIBUTE, "denied");
  }

  @Test
  void theModelNeedNotReadWhatAToolsExceptionSays() {
    Script script =
        Script.of(Script.calls(Script.call("1", "report", "{}")), Script.says("a pity"));
    GovernedTools tools = tools();

    AiServices.builder(Reporter.class)
        .chatModel(script.model())
        .tools(
            tools.of(
                Map.of(
                    ToolSpecification.builder().name("report").build(),
                    (request, memoryId) -> {
                      throw new IllegalStateException("password is hunter2");
                    })))
        .toolExecutionErrorHandler(GovernedTools.withoutMessages())
        .build()
        .ask("open");

    ToolExecutionResultMessage told =
        (ToolExecutionResultMessage) script.requests().get(1).messages().get(2);
    assertThat(told.text()).isEqualTo("The tool failed: IllegalStateException.");
  }

  interface Reporter {
    Result<String> ask(String message);
  }

  record Immediate(List<String> runs) {
    @Tool(name = "report", returnBehavior = ReturnBehavior.IMMEDIATE)
    String report(String kind) {
      runs.add(kind);
      return "report: " + kind;
    }
  }

  private ToolExecutor governed(ToolExecutionResult result, Rule... rules) {
    return tools(rules)
        .executor(
            new ToolExecutor() {
              @Override
              public String execute(ToolExecutionRequest request, Object memoryId) {
                throw new AssertionError("the context would be lost");
              }

              @Override
              public ToolExecutionResult executeWithContext(
                  ToolExecutionRequest request, InvocationContext given) {
                assertThat(given).isSameAs(context);
                return result;
              }
            });
  }

  private GovernedTools tools(Rule... rules) {
    return GovernedTools.with(Governor.builder().trace(trace).rules(rules).build()).build();
  }

  private static RuleBuilder rule(String id) {
    return Rule.named(id).mode(Mode.ENFORCE);
  }

  private static ToolExecutionResult contents(Content... contents) {
    return ToolExecutionResult.builder().resultContents(List.of(contents)).build();
  }

  private static ToolExecutionRequest request(String arguments) {
    return Script.call("call-1", "crm.lookup", arguments);
  }

  private static ToolSpecification specification(Map<String, Object> metadata) {
    return ToolSpecification.builder().name("crm.lookup").metadata(metadata).build();
  }

  private static AiServiceTool only(ToolProvider provider) {
    List<AiServiceTool> tools = provider.provideTools(anyRequest()).aiServiceTools();
    assertThat(tools).hasSize(1);
    return tools.get(0);
  }

  private static ToolProviderRequest anyRequest() {
    return new ToolProviderRequest("default", UserMessage.from("hello"));
  }
}
