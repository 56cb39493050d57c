package io.governor.langchain4j;

import static io.governor.testkit.GovernorAssertions.assertThatTrace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.ResultHint;
import io.governor.Rule;
import io.governor.event.AdvisoryFlag;
import io.governor.testkit.RecordingTraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Threads, governors and ids that more than one call has to do with. */
class HandOffTest {

  interface Assistant {
    String ask(String message);
  }

  record Crm(Runnable work) {
    @Tool(name = "crm.lookup")
    String lookup() {
      work.run();
      return "found";
    }
  }

  private static final ChatResponse LOOKUP = Script.calls(Script.call("1", "crm.lookup", "{}"));

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor = Governor.builder().trace(trace).build();
  private final GovernedTools tools = GovernedTools.with(governor).build();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void aServiceCalledOnAnotherThreadStaysInTheSessionWhereTheWorkIsHandedOn() {
    Executor handingOn = GovernedTools.handingOn(pool);

    ask(() -> nested(handingOn));

    assertThat(trace.sessions()).hasSize(1);
    assertThatTrace(trace.events()).isUnbroken();
    assertThat(Traces.scopes(trace)).hasSize(2);
  }

  @Test
  void withoutThatItIsASessionOfItsOwnAndNoThreadRemembersAnything() {
    ask(() -> nested(pool));
    ask(() -> nested(GovernedTools.handingOn(pool)));
    CompletableFuture.runAsync(
            () ->
                tools
                    .executor((request, memory) -> "found")
                    .executeWithContext(Script.call("9", "crm.lookup", "{}"), context()),
            pool)
        .join();

    assertThat(trace.sessions()).hasSize(4);
  }

  @Test
  void handingOnOutsideOfToolsChangesNothing() {
    CompletableFuture.runAsync(() -> ask(() -> {}), GovernedTools.handingOn(pool)).join();

    assertThat(trace.sessions()).hasSize(1);
  }

  @Test
  void aToolGovernedTwiceUnderOneGovernorIsJudgedCountedAndRecordedOnce() {
    List<String> around = new ArrayList<>();
    GovernedTools inner =
        GovernedTools.with(governor)
            .around(
                judging -> {
                  around.add("inner");
                  return judging;
                })
            .classify("crm.*", result -> ResultHint.classified("pii"))
            .build();
    AiServices.builder(Assistant.class)
        .chatModel(Script.of(LOOKUP, Script.says("done")).model())
        .tools(tools.of(inner.of(new Crm(() -> {}))))
        .registerListeners(tools.listeners())
        .build()
        .ask("hello");

    assertThat(Traces.scopes(trace)).hasSize(1);
    assertThat(Traces.snapshots(trace)).hasSize(1);
    assertThat(Traces.snapshots(trace).get(0).dataClassifications()).contains("pii");
    assertThat(around).contains("inner");
    assertThat(governor.health().openSessions()).isZero();
  }

  private void nested(Executor executor) {
    CompletableFuture.runAsync(() -> ask(() -> {}), executor).join();
  }

  private void ask(Runnable work) {
    Script script = Script.of(LOOKUP, Script.says("done"));
    AiServices.builder(Assistant.class)
        .chatModel(script.model())
        .tools(tools.of(new Crm(work)))
        .registerListeners(tools.listeners())
        .build()
        .ask("hello");
  }

  /** Found by name: the tests compile for a JDK that has none. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void toolsOnVirtualThreadsKeepTheirSession() throws Exception {
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    CountDownLatch together = new CountDownLatch(3);
    try {
      Script script =
          Script.of(
              Script.calls(
                  Script.call("a", "crm.lookup", "{}"),
                  Script.call("b", "crm.lookup", "{}"),
                  Script.call("c", "crm.lookup", "{}")),
              Script.says("done"));
      AiServices.builder(Assistant.class)
          .chatModel(script.model())
          .executeToolsConcurrently(virtual)
          .tools(tools.of(new Crm(() -> meet(together))))
          .registerListeners(tools.listeners())
          .build()
          .ask("all at once");
      CompletableFuture.runAsync(() -> ask(() -> nested(GovernedTools.handingOn(virtual))), virtual)
          .get(20, TimeUnit.SECONDS);
    } finally {
      virtual.shutdown();
    }

    assertThat(trace.sessions()).hasSize(2);
    assertThatTrace(trace.events()).isUnbroken();
    assertThat(Traces.scopes(trace)).hasSize(5);
  }

  private static void meet(CountDownLatch together) {
    together.countDown();
    try {
      assertThat(together.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void twoGovernorsOverOneInvocationEachJudgeAndRecordIt() {
    RecordingTraceSink second = new RecordingTraceSink();
    Rule rule = Rule.named("ACME-101").tools("mail.*").mode(Mode.ENFORCE).deny();
    GovernedTools outer =
        GovernedTools.with(Governor.builder().trace(second).rules(rule).build()).build();
    Script script =
        Script.of(
            Script.calls(
                "turn-1",
                100,
                10,
                Script.call("1", "crm.lookup", "{}"),
                Script.call("2", "mail.send", "{}")),
            Script.says("done"));

    AiServices.builder(Assistant.class)
        .chatModel(outer.model(tools.model(script.model())))
        .tools(outer.of(tools.of(new Crm(() -> {}), new Mail())))
        .registerListeners(tools.listeners())
        .registerListeners(outer.listeners())
        .build()
        .ask("hello");

    assertThat(trace.sessions()).hasSize(1).isEqualTo(second.sessions());
    assertThat(Traces.scopes(trace)).hasSize(1);
    assertThat(Traces.scopes(second)).hasSize(2);
    assertThat(Traces.snapshots(trace).get(0).usage().promptTokens()).isEqualTo(100);
    assertThat(Traces.snapshots(second).get(0).usage().promptTokens()).isEqualTo(100);
    assertThat(trace.closedSessions()).hasSize(1);
    assertThat(second.closedSessions()).hasSize(1);
  }

  static final class Mail {
    @Tool(name = "mail.send")
    String send() {
      return "sent";
    }
  }

  /** Some providers count their calls from one in every turn, or give each the same id. */
  @Test
  void anIdThatIsUsedAgainIsNoBypass() {
    Rule rule = Rule.named("ACME-101").tools("mail.*").mode(Mode.ENFORCE).deny();
    GovernedTools strict =
        GovernedTools.with(Governor.builder().trace(trace).rules(rule).build()).build();
    InvocationContext context = context();
    ToolExecutor inner = strict.executor((request, memory) -> "found");
    ToolExecutor tool =
        strict.executor(
            (request, memory) -> {
              // While this call is under way, one of the same id is refused.
              inner.executeWithContext(Script.call("call_0", "mail.send", "{}"), context);
              return "found";
            });

    inner.executeWithContext(Script.call("call_0", "mail.send", "{}"), context);
    tool.executeWithContext(Script.call("call_0", "crm.lookup", "{}"), context);
    inner.executeWithContext(Script.call("call_0", "crm.lookup", "{}"), context);

    assertThat(trace.events())
        .noneMatch(event -> event.flags().contains(AdvisoryFlag.ENFORCEMENT_BYPASSED));
    assertThat(Traces.scopes(trace))
        .extracting(scope -> scope.toolUseId())
        .containsExactly("call_0", "call_0", null, "call_0");
  }

  private static InvocationContext context() {
    return InvocationContext.builder()
        .invocationId(UUID.randomUUID())
        .managedParameters(Map.of())
        .build();
  }
}
