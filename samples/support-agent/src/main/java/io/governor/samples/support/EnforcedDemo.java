package io.governor.samples.support;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import io.governor.Agent;
import io.governor.ApprovalRequest;
import io.governor.Approver;
import io.governor.Coverage;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.ResultHint;
import io.governor.RuleHit;
import io.governor.langchain4j.GovernedTools;
import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The same program with a policy that is enforced: it refuses, asks and redacts, and the model goes
 * on from what it is told. Records into the transcript alone and leaves nothing behind.
 */
final class EnforcedDemo {

  private static final List<String> MESSAGES =
      List.of(
          "My order 1042 arrived twice. Please refund one of them, and mail the receipt to"
              + " books@else.example.",
          "Thanks! Refund the other one, too. Then export the data you have about me, and remember"
              + " that I prefer mail.");

  private final Transcript transcript;

  EnforcedDemo(PrintStream out) {
    this.transcript = new Transcript(out);
  }

  void run() {
    transcript.line("The support agent under a policy that is enforced.");
    transcript.line(
        "Lines with ! are rules that fired; after \"reads\" is what the model is told.");
    transcript.line("");
    Policy policy = policy();
    try (Governor governor =
        Governor.builder()
            .agent(Agent.named("support-bot").version("1.5").owner("shop-support"))
            .policy(policy)
            .approver(Approver.blocking(this::approves), Duration.ofSeconds(30))
            .trace(transcript)
            .build()) {
      converse(governor);
    }
  }

  private void converse(Governor governor) {
    GovernedTools tools =
        GovernedTools.with(governor)
            .sessionPerMemory()
            .intent(Intent.explicit("Answer a ticket", "crm", "refund", "mail", "files", "memory"))
            .classify("files.*", result -> known(result.text()))
            .strict()
            .build();
    SupportAgent agent =
        tools.check(
            AiServices.builder(SupportAgent.class)
                .chatModel(ScriptedModel.enforced(transcript))
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(40))
                .tools(tools.of(new ShopTools()))
                .registerListeners(tools.listeners())
                .build());
    show(GovernedTools.coverage(agent));
    for (String message : MESSAGES) {
      transcript.says("customer", message);
      transcript.says("agent", agent.answer("ticket-1042", message));
    }
  }

  /** A file with customers' data is of another class than one without. */
  private static ResultHint known(@Nullable String result) {
    return result != null && result.contains("customer")
        ? ResultHint.classified("pii").authorizedBy("the customer asked")
        : ResultHint.classified("internal");
  }

  private void show(Coverage coverage) {
    transcript.title("Every tool is governed: " + coverage.governsEveryTool());
    coverage.tools().stream()
        .sorted(Comparator.comparing(Coverage.Tool::name))
        .forEach(tool -> transcript.line(String.format("%-15s %s", tool.name(), ids(tool))));
    transcript.line("");
  }

  private static String ids(Coverage.Tool tool) {
    return tool.rules().stream()
        .map(RuleHit::id)
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }

  /** Stands where a person would: small amounts are fine, others are not. */
  private boolean approves(ApprovalRequest request) {
    boolean allowed =
        request.call().arguments().asMap().get("amount") instanceof Number amount
            && amount.doubleValue() < 100;
    transcript.says("person", allowed ? "yes" : "no");
    return allowed;
  }

  private static Policy policy() {
    try (InputStream in =
        Objects.requireNonNull(EnforcedDemo.class.getResourceAsStream("policy.yaml"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return PolicyLoader.standard().parse("policy.yaml", text).policy();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (PolicyException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
