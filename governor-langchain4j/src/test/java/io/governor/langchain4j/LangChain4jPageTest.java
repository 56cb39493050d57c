package io.governor.langchain4j;

import static io.governor.testkit.GovernorAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import io.governor.Governor;
import io.governor.ResultHint;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.policy.PolicyLoader;
import io.governor.testkit.RecordingTraceSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/langchain4j.md prints is in this file, compiles, and does what is said there. */
class LangChain4jPageTest {

  private static final Path PAGE = Path.of("../docs/langchain4j.md");
  private static final Path SOURCE =
      Path.of("src/test/java/io/governor/langchain4j/LangChain4jPageTest.java");

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor = Governor.builder().trace(trace).build();

  interface Support {
    String answer(String message);
  }

  static final class Crm {
    String find(String order) {
      return "customer of " + order;
    }
  }

  static final class CrmTools {
    private final Crm crm = new Crm();

    @Tool(name = "crm.lookup")
    @Governed(classification = "pii", authorization = "support contract")
    String lookup(String order) {
      return crm.find(order);
    }
  }

  static final class FileTools {
    @Tool(name = "files.export")
    String export() {
      return "customers.csv";
    }
  }

  private GovernedTools withFunction() {
    GovernedTools tools =
        GovernedTools.with(governor)
            .classify(
                "files.*",
                result ->
                    String.valueOf(result.value()).contains("customer")
                        ? ResultHint.classified("pii").authorizedBy("support contract")
                        : ResultHint.classified("internal"))
            .build();
    return tools;
  }

  private Support strict(ChatModel model) {
    GovernedTools tools = GovernedTools.with(governor).strict().build();
    Support support =
        tools.check(
            AiServices.builder(Support.class)
                .chatModel(model)
                .tools(tools.of(new CrmTools()))
                .registerListeners(tools.listeners())
                .build());
    return support;
  }

  @Test
  void theTestOfThePagePasses() {
    Support support = strict(Script.of().model());

    assertThat(GovernedTools.coverage(support)).governsEveryTool();
  }

  @Test
  void theRecipesClassify() {
    strict(
            Script.of(
                    Script.calls(
                        Script.call("1", "crm.lookup", "{\"arg0\":\"1\",\"order\":\"1\"}")),
                    Script.says("done"))
                .model())
        .answer("hello");
    withFunction()
        .of(new FileTools())
        .get(0)
        .toolExecutor()
        .execute(Script.call("2", "files.export", "{}"), "m");

    assertThat(Traces.snapshots(trace))
        .hasSize(2)
        .extracting(ContextSnapshot::dataClassifications)
        .containsOnly(List.of("pii"));
  }

  @Test
  void everyRecipeOfThePageIsInThisFile() throws IOException {
    String source = dense(Files.readString(SOURCE));

    assertThat(blocks("java"))
        .hasSize(4)
        .allSatisfy(code -> assertThat(source).contains(dense(code)));
  }

  @Test
  void thePolicyOfThePageIsOne() throws IOException {
    assertThat(blocks("yaml"))
        .hasSize(1)
        .allSatisfy(
            policy ->
                assertThatCode(() -> PolicyLoader.standard().parse("page", policy))
                    .doesNotThrowAnyException());
  }

  private static List<String> blocks(String language) throws IOException {
    return Stream.of(Files.readString(PAGE).split("\n```" + language + "\n", -1))
        .skip(1)
        .map(rest -> rest.substring(0, rest.indexOf("\n```")))
        .toList();
  }

  private static String dense(String code) {
    return code.replaceAll("\\s+", "");
  }
}
