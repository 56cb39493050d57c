package io.governor.langchain4j;

import static io.governor.testkit.GovernorAssertions.assertThatTrace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.Agent;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.testkit.RecordingTraceSink;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which session a call belongs to, what the session is for, and when it ends. */
class SessionsTest {

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor =
      Governor.builder()
          .trace(trace)
          .agent(Agent.named("support").owner("shop").capabilities("crm.read"))
          .build();

  interface Assistant {
    String ask(String message);
  }

  interface Remembering {
    String ask(@MemoryId Object memory, @dev.langchain4j.service.UserMessage String message);
  }

  record Crm(Runnable work) {
    @Tool(name = "crm.lookup")
    String lookup() {
      work.run();
      return "found";
    }
  }

  private static final ChatResponse LOOKUP = Script.calls(Script.call("1", "crm.lookup", "{}"));

  @Test
  void eachInvocationIsASessionThatEndsWithIt() {
    Script script = Script.of(LOOKUP, Script.says("one"), LOOKUP, Script.says("two"));
    Assistant assistant = assistant(GovernedTools.with(governor).build(), script, () -> {});

    assistant.ask("first");
    List<String> closedByThen = trace.closedSessions();
    assistant.ask("second");

    assertThat(trace.sessions()).hasSize(2);
    assertThat(closedByThen).hasSize(1);
    assertThat(trace.closedSessions()).containsExactlyElementsOf(trace.sessions());
    assertThat(governor.health().lost()).isEmpty();
  }

  @Test
  void anInvocationWithoutToolCallsLeavesNoTrace() {
    Script script = Script.of(Script.says("hello"));

    assistant(GovernedTools.with(governor).build(), script, () -> {}).ask("hi");

    assertThat(trace.events()).isEmpty();
  }

  @Test
  void buildingOpensNoSessionAndStartsNoThread() {
    Set<Thread> before = idleClosers();

    GovernedTools tools = GovernedTools.with(governor).build();
    tools.of(new Crm(() -> {}));
    tools.listeners();

    assertThat(governor.health().openSessions()).isZero();
    assertThat(idleClosers()).isSubsetOf(before);
  }

  private static Set<Thread> idleClosers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("governor-idle-closer"))
        .collect(Collectors.toSet());
  }

  @Test
  void theSessionsThatAreOpenAreThoseOfInvocationsUnderWay() {
    List<Integer> open = new ArrayList<>();
    Script script = Script.of(LOOKUP, Script.says("one"), LOOKUP, Script.says("two"));
    Assistant assistant =
        assistant(
            GovernedTools.with(governor).build(),
            script,
            () -> open.add(governor.health().openSessions()));

    assistant.ask("first");
    open.add(governor.health().openSessions());
    assistant.ask("second");
    open.add(governor.health().openSessions());

    assertThat(open).containsExactly(1, 0, 1, 0);
  }

  @Test
  void anInvocationThatFailsEndsItsSession() {
    Assistant assistant =
        assistant(GovernedTools.with(governor).build(), Script.of(LOOKUP), () -> {});

    assertThatThrownBy(() -> assistant.ask("first")).hasMessage("the script has ended");

    assertThat(trace.closedSessions()).containsExactlyElementsOf(trace.sessions()).hasSize(1);
  }

  @Test
  void withoutListenersTheSessionsAreTheSameAndEndByBeingIdle() {
    Script script = Script.of(LOOKUP, LOOKUP, Script.says("one"), LOOKUP, Script.says("two"));
    GovernedTools tools = GovernedTools.with(governor).build();
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(script.model())
            .tools(tools.of(new Crm(() -> {})))
            .build();

    assistant.ask("first");
    assistant.ask("second");

    assertThat(trace.sessions()).hasSize(2);
    assertThat(trace.closedSessions()).isEmpty();
    assertThatTrace(trace.events()).isUnbroken();
  }

  @Test
  void aSessionPerMemoryOutlivesTheInvocation() {
    Script script = Script.of(LOOKUP, Script.says("one"), LOOKUP, Script.says("two"));
    GovernedTools tools = GovernedTools.with(governor).sessionPerMemory().build();
    Remembering assistant =
        AiServices.builder(Remembering.class)
            .chatModel(script.model())
            .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(10))
            .tools(tools.of(new Crm(() -> {})))
            .registerListeners(tools.listeners())
            .build();

    assistant.ask("ticket-7", "first");
    assistant.ask("ticket-7", "second");

    assertThat(trace.sessions()).containsExactly("ticket-7");
    assertThat(trace.closedSessions()).isEmpty();
    assertThatTrace(trace.events()).isUnbroken().hasSize(6);
  }

  @Test
  void theDefaultMemoryIdIsNobodysSession() {
    Script script = Script.of(LOOKUP, Script.says("one"));
    Assistant assistant =
        assistant(GovernedTools.with(governor).sessionPerMemory().build(), script, () -> {});

    assistant.ask("first");

    assertThat(trace.sessions()).doesNotContain("default").hasSize(1);
    assertThat(trace.closedSessions()).hasSize(1);
  }

  @Test
  void theHostsOwnKeyComesFirstAndAFailingOneChangesNothing() {
    Script script = Script.of(LOOKUP, Script.says("one"), LOOKUP, Script.says("two"));
    GovernedTools tools =
        GovernedTools.with(governor)
            .sessionOf(
                context -> {
                  if (context.methodArguments().contains("second")) {
                    throw new IllegalStateException("no key");
                  }
                  return "tenant-1";
                })
            .build();
    Assistant assistant = assistant(tools, script, () -> {});

    assistant.ask("first");
    assistant.ask("second");

    assertThat(trace.sessions()).hasSize(2).contains("tenant-1");
  }

  @Test
  void aServiceCalledFromWithinAToolStaysInTheSessionItWasCalledFrom() {
    GovernedTools tools = GovernedTools.with(governor).build();
    Script inner = Script.of(LOOKUP, Script.says("inner done"));
    Assistant nested = assistant(tools, inner, () -> {});
    Script outer = Script.of(LOOKUP, LOOKUP, Script.says("done"));

    assistant(tools, outer, () -> askOnce(nested, inner)).ask("outer");

    assertThat(trace.sessions()).hasSize(1);
    assertThat(trace.closedSessions()).hasSize(1);
    assertThat(Traces.scopes(trace)).hasSize(3);
    assertThatTrace(trace.events()).isUnbroken();
    assertThat(governor.health().lost()).isEmpty();
  }

  private static void askOnce(Assistant nested, Script inner) {
    if (inner.requests().isEmpty()) {
      nested.ask("inner");
    }
  }

  @Test
  void servicesUnderAnotherGovernorAreNotDrawnIn() {
    RecordingTraceSink otherTrace = new RecordingTraceSink();
    Governor other = Governor.builder().trace(otherTrace).build();
    Script inner = Script.of(LOOKUP, Script.says("inner done"));
    Assistant nested = assistant(GovernedTools.with(other).build(), inner, () -> {});
    Script outer = Script.of(LOOKUP, Script.says("done"));

    assistant(GovernedTools.with(governor).build(), outer, () -> nested.ask("inner")).ask("outer");

    assertThat(trace.sessions()).hasSize(1);
    assertThat(otherTrace.sessions()).hasSize(1).doesNotContainAnyElementsOf(trace.sessions());
  }

  @Test
  void agentsThatShareAScopeShareASession() {
    ToolExecutor tool = GovernedTools.with(governor).build().executor((call, memory) -> "found");
    Map<Class<? extends LangChain4jManaged>, LangChain4jManaged> scope =
        Map.of(Scope.class, new Scope());

    tool.executeWithContext(Script.call("1", "crm.lookup", "{}"), invocation(scope));
    tool.executeWithContext(Script.call("2", "crm.lookup", "{}"), invocation(scope));
    tool.executeWithContext(
        Script.call("3", "crm.lookup", "{}"), invocation(Map.of(Scope.class, new Scope())));

    assertThat(trace.sessions()).hasSize(2);
    assertThat(trace.events(trace.sessions().iterator().next())).hasSize(6);
  }

  static final class Scope implements LangChain4jManaged {}

  private static InvocationContext invocation(
      Map<Class<? extends LangChain4jManaged>, LangChain4jManaged> managed) {
    return InvocationContext.builder()
        .invocationId(UUID.randomUUID())
        .managedParameters(managed)
        .build();
  }

  @Test
  void callsThatSayNothingAboutWhereTheyComeFromShareASession() {
    GovernedTools tools = GovernedTools.with(governor).build();
    ToolExecutor tool = tools.executor((call, memory) -> "found");

    tool.execute(Script.call("1", "crm.lookup", "{}"), null);
    tool.execute(Script.call("2", "crm.lookup", "{}"), "default");
    tool.executeWithContext(Script.call("3", "crm.lookup", "{}"), null);
    tool.executeWithContext(
        Script.call("4", "crm.lookup", "{}"), InvocationContext.builder().build());

    assertThat(trace.sessions()).hasSize(1);
    assertThat(Traces.scopes(trace)).hasSize(4);
    assertThat(governor.health().openSessions()).isEqualTo(1);
  }

  @Test
  void rulesHoldAlthoughTheGovernorWasClosedTooEarly() {
    Governor strict =
        Governor.builder()
            .trace(trace)
            .rules(Rule.named("ACME-101").mode(Mode.ENFORCE).deny())
            .build();
    ToolExecutor tool = GovernedTools.with(strict).build().executor((call, memory) -> "found");
    strict.close();

    String answer =
        tool.executeWithContext(Script.call("1", "crm.lookup", "{}"), invocation(Map.of()))
            .resultText();

    assertThat(answer).startsWith("Refused by rule ACME-101.");
    assertThat(tool.execute(Script.call("2", "crm.lookup", "{}"), null)).isEqualTo(answer);
    assertThat(tool.execute(Script.call("3", "crm.lookup", "{}"), "ticket-7")).isEqualTo(answer);
    assertThat(strict.health().openSessions()).isZero();
    assertThat(strict.health().lost()).containsKey("closed");
  }

  @Test
  void theUsersMessageIsCountedAndNotQuoted() {
    Script script = Script.of(LOOKUP, Script.says("one"));

    assistant(GovernedTools.with(governor).build(), script, () -> {}).ask("where is my parcel");

    IntentDeclared intent = intent();
    assertThat(intent.statedObjective()).isEqualTo("[user message, 4 words]");
    assertThat(intent.intentSource()).isEqualTo("inferred");
    assertThat(intent.intentConfidence()).isEqualTo("inferred_low");
    assertThat(intent.authorizationClaim()).isEqualTo("shop");
    assertThat(intent.sessionScopeHint()).containsExactly("crm.read");
  }

  @Test
  void theHostMaySwitchToTheText() {
    Script script = Script.of(LOOKUP, Script.says("one"));

    assistant(GovernedTools.with(governor).recordUserMessages().build(), script, () -> {})
        .ask("where is my parcel");

    assertThat(intent().statedObjective()).isEqualTo("where is my parcel");
  }

  @Test
  void aStatedIntentComesBeforeTheMessageAndIsCompletedFromTheAgent() {
    Script script = Script.of(LOOKUP, Script.says("one"));
    GovernedTools tools =
        GovernedTools.with(governor).intent(Intent.explicit("Answer tickets")).build();

    assistant(tools, script, () -> {}).ask("where is my parcel");

    IntentDeclared intent = intent();
    assertThat(intent.statedObjective()).isEqualTo("Answer tickets");
    assertThat(intent.intentSource()).isEqualTo("explicit");
    assertThat(intent.authorizationClaim()).isEqualTo("shop");
    assertThat(intent.sessionScopeHint()).containsExactly("crm.read");
  }

  @Test
  void anIntentMayDependOnTheInvocationAndAFailingOneChangesNothing() {
    Script script = Script.of(LOOKUP, Script.says("one"), LOOKUP, Script.says("two"));
    GovernedTools tools =
        GovernedTools.with(governor)
            .intentOf(
                context -> {
                  if (context.methodArguments().contains("second")) {
                    throw new IllegalStateException("no intent");
                  }
                  return Intent.explicit("By " + context.methodName(), "mail");
                })
            .build();
    Assistant assistant = assistant(tools, script, () -> {});

    assistant.ask("first");
    assistant.ask("second");

    assertThat(Traces.payloads(trace, IntentDeclared.class))
        .extracting(IntentDeclared::statedObjective)
        .containsExactly("By ask", "[user message, 1 words]");
  }

  @Test
  void withoutAMessageThereIsNoObjectiveButTheCapabilitiesAreTheHint() {
    GovernedTools.with(governor)
        .build()
        .executor((call, memory) -> "found")
        .executeWithContext(Script.call("1", "crm.lookup", "{}"), invocation(Map.of()));

    assertThat(intent().intentSource()).isEqualTo("none");
    assertThat(intent().sessionScopeHint()).containsExactly("crm.read");
  }

  @Test
  void theMessageIsKnownWithoutListenersToo() {
    InvocationContext context =
        InvocationContext.builder()
            .invocationId(UUID.randomUUID())
            .userMessage(UserMessage.from("two words"))
            .build();

    GovernedTools.with(governor)
        .build()
        .executor((call, memory) -> "found")
        .executeWithContext(Script.call("1", "crm.lookup", "{}"), context);

    assertThat(intent().statedObjective()).isEqualTo("[user message, 2 words]");
  }

  /** The way to open the session once held the whole invocation, whose id is the weak key to it. */
  @Test
  void anInvocationThatNeverSaysItEndedIsForgottenAllTheSame() {
    ToolExecutor tool = GovernedTools.with(governor).build().executor((call, memory) -> "found");

    List<WeakReference<?>> gone = callOnce(tool);
    for (int i = 0; i < 100 && !gone.stream().allMatch(held -> held.refersTo(null)); i++) {
      System.gc();
    }

    assertThat(gone).allMatch(held -> held.refersTo(null));
    assertThat(trace.sessions()).hasSize(2);
  }

  /** In a method of its own, so that no variable keeps what it made. */
  private static List<WeakReference<?>> callOnce(ToolExecutor tool) {
    Scope scope = new Scope();
    InvocationContext alone = invocation(Map.of());
    InvocationContext agentic = invocation(Map.of(Scope.class, scope));
    tool.executeWithContext(Script.call("1", "crm.lookup", "{}"), alone);
    tool.executeWithContext(Script.call("2", "crm.lookup", "{}"), agentic);
    return List.of(
        new WeakReference<>(alone.invocationId()),
        new WeakReference<>(agentic.invocationId()),
        new WeakReference<>(scope));
  }

  @Test
  void aTextThatIsKeptIsKeptWithinBounds() {
    Script script = Script.of(LOOKUP, Script.says("one"));

    assistant(GovernedTools.with(governor).recordUserMessages().build(), script, () -> {})
        .ask("long ".repeat(10_000));

    assertThat(intent().statedObjective()).hasSize(2004).endsWith(" […]");
  }

  @Test
  void toolsThatRunAtOnceShareTheirInvocationsSession() {
    CyclicBarrier together = new CyclicBarrier(3);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    Script script =
        Script.of(
            Script.calls(
                Script.call("a", "crm.lookup", "{}"),
                Script.call("b", "crm.lookup", "{}"),
                Script.call("c", "crm.lookup", "{}")),
            Script.says("done"));
    GovernedTools tools = GovernedTools.with(governor).build();
    try {
      AiServices.builder(Assistant.class)
          .chatModel(script.model())
          .executeToolsConcurrently(pool)
          .tools(tools.of(new Crm(() -> meet(together))))
          .registerListeners(tools.listeners())
          .build()
          .ask("all at once");
    } finally {
      pool.shutdown();
    }

    assertThat(trace.sessions()).hasSize(1);
    assertThatTrace(trace.events()).isUnbroken();
    assertThat(Traces.snapshots(trace))
        .extracting(snapshot -> snapshot.toolUseId())
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
      throw new IllegalStateException(alone);
    }
  }

  private IntentDeclared intent() {
    return Traces.payloads(trace, IntentDeclared.class).get(0);
  }

  private static Assistant assistant(GovernedTools tools, Script script, Runnable work) {
    return AiServices.builder(Assistant.class)
        .chatModel(script.model())
        .tools(tools.of(new Crm(work)))
        .registerListeners(tools.listeners())
        .build();
  }
}
