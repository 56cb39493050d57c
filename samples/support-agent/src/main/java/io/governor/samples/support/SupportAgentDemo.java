package io.governor.samples.support;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import io.governor.Governor;
import io.governor.file.StateRoot;
import io.governor.langchain4j.GovernedTools;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Runs one support conversation twice, first as such agents often start and then with everything
 * declared, and prints what was said and what the governor recorded. Both runs only observe. The
 * traces are real and stay in the state root.
 */
public final class SupportAgentDemo {

  private static final List<String> MESSAGES =
      List.of(
          "My order 1042 arrived twice. Please refund one of them and confirm by mail.",
          "Thanks! Export the data you have about me, and remember that I prefer mail.");

  private final Path stateRoot;
  private final Transcript transcript;

  SupportAgentDemo(Path stateRoot, PrintStream out) {
    this.stateRoot = stateRoot;
    this.transcript = new Transcript(out);
  }

  /**
   * Runs the two that observe, or with the one argument {@code --enforce} the one that enforces.
   */
  public static void main(String[] args) {
    if (List.of(args).equals(List.of("--enforce"))) {
      new EnforcedDemo(System.out).run();
    } else {
      new SupportAgentDemo(StateRoot.locate(), System.out).run();
    }
  }

  void run() {
    transcript.line("A support agent with seven tools, governed and only observed.");
    transcript.line("Lines with ! are rules that fired; no call was changed or kept from running.");
    Map<String, Integer> first = run("1. ", Setup.AS_IT_IS);
    Map<String, Integer> then = run("2. ", Setup.IN_ORDER);
    transcript.line("");
    transcript.title("How often each rule fired");
    transcript.line("            first  then");
    first.forEach(
        (rule, count) ->
            transcript.line(
                String.format("%-10s %6d %5d", rule, count, then.getOrDefault(rule, 0))));
  }

  private Map<String, Integer> run(String number, Setup setup) {
    transcript.line("");
    transcript.title(number + setup.title());
    converse(setup);
    return transcript.takeCounts();
  }

  private void converse(Setup setup) {
    try (Governor governor = setup.governor().stateRoot(stateRoot).sink(transcript).build()) {
      GovernedTools tools = setup.tools(governor).build();
      SupportAgent agent =
          AiServices.builder(SupportAgent.class)
              .chatModel(ScriptedModel.observed())
              .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(40))
              .tools(tools.of(new SupportTools()))
              .registerListeners(tools.listeners())
              .build();
      String conversation = UUID.randomUUID().toString();
      for (String message : MESSAGES) {
        transcript.says("customer", message);
        transcript.says("agent", agent.answer(conversation, message));
      }
    }
    for (String session : transcript.takeSessions()) {
      transcript.says("trace", "traces/langchain4j/" + session + ".jsonl");
    }
    transcript.says("", "in " + stateRoot);
  }
}
