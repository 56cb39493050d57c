package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import io.governor.Governor;
import io.governor.TokenUsage;
import io.governor.testkit.RecordingTraceSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's recipe compiles, and does what is said below it. */
class ReadmeTest {

  private static final Path README = Path.of("../README.md");
  private static final Path SOURCE =
      Path.of("src/test/java/io/governor/langchain4j/ReadmeTest.java");

  /** In two parts, so that it stands in this file only around the recipe. */
  private static final String MARK = "// " + "readme\n";

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor = Governor.builder().trace(trace).build();

  interface Assistant {
    String ask(String message);
  }

  static final class CrmTools {
    @Tool(name = "crm.lookup")
    String lookup() {
      return "found";
    }
  }

  private Assistant recipe(ChatModel model) {
    // readme
    GovernedTools tools = GovernedTools.with(governor).build();
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(model)
            .tools(tools.of(new CrmTools()))
            .registerListeners(tools.listeners())
            .build();
    // readme
    return assistant;
  }

  @Test
  void theReadmesRecipeIsTheOneHere() throws IOException {
    String region = Files.readString(SOURCE).split(MARK, -1)[1];
    String recipe = region.substring(0, region.lastIndexOf('\n')).stripIndent() + "\n";
    String section = Files.readString(README).split("\n## With LangChain4j\n", -1)[1];

    assertThat(section).startsWith("\n```java\n" + recipe + "```\n");
  }

  @Test
  void itLeavesNoSessionOpen() {
    Assistant assistant = recipe(script().model());

    assistant.ask("first");
    assistant.ask("second");

    assertThat(trace.closedSessions()).containsExactlyElementsOf(trace.sessions()).hasSize(2);
    assertThat(governor.health().openSessions()).isZero();
  }

  @Test
  void itRecordsTokens() {
    recipe(script().model()).ask("first");

    TokenUsage usage = Traces.snapshots(trace).get(0).usage();
    assertThat(usage).extracting(TokenUsage::promptTokens).isEqualTo(100L);
  }

  private static Script script() {
    return Script.of(
        Script.calls("turn-1", 100, 10, Script.call("1", "crm.lookup", "{}")),
        Script.says("one"),
        Script.calls("turn-2", 200, 20, Script.call("1", "crm.lookup", "{}")),
        Script.says("two"));
  }
}
