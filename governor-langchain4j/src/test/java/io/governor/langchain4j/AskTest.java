package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.Approval;
import io.governor.ApprovalRequest;
import io.governor.Approver;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.testkit.RecordingTraceSink;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person is asked before a tool runs, and somebody waits meanwhile. */
@Timeout(60)
class AskTest {

  interface Assistant {
    String ask(String message);
  }

  interface Streamer {
    TokenStream ask(String message);
  }

  static final class Mail {
    @Tool(name = "mail.send")
    String send(String to) {
      return "sent to " + to;
    }
  }

  /** A question somebody was asked. */
  record Open(ApprovalRequest request, String thread, CompletableFuture<Approval> answer) {
    void agree() {
      answer.complete(request.allow());
    }
  }

  /** Remembers questions until the test answers them. */
  static final class Desk implements Approver {
    private final BlockingQueue<Open> open = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<Approval> ask(ApprovalRequest request) {
      CompletableFuture<Approval> answer = new CompletableFuture<>();
      open.add(new Open(request, Thread.currentThread().getName(), answer));
      return answer;
    }

    Open next() throws InterruptedException {
      Open asked = open.poll(20, TimeUnit.SECONDS);
      assertThat(asked).as("a question").isNotNull();
      return asked;
    }
  }

  private static final ChatResponse THREE_MAILS =
      Script.calls(
          Script.call("a", "mail.send", "{\"to\": \"Ada\"}"),
          Script.call("b", "mail.send", "{\"to\": \"Bob\"}"),
          Script.call("c", "mail.send", "{\"to\": \"Cy\"}"));

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Desk desk = new Desk();
  private final Governor governor =
      Governor.builder()
          .trace(trace)
          .approver(desk, Duration.ofSeconds(40))
          .rules(Rule.named("ACME-101").mode(Mode.ENFORCE).tools("mail.*").ask())
          .build();
  private final GovernedTools tools = GovernedTools.with(governor).build();
  private final ExecutorService pool = Executors.newFixedThreadPool(3);
  private final ExecutorService callers = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    pool.shutdownNow();
    callers.shutdownNow();
  }

  @Test
  void callsOfOneRoundThatRunAtOnceAreAskedAboutAtOnce() throws Exception {
    Script script = Script.of(THREE_MAILS, Script.says("done"));
    Assistant assistant = assistant(script).executeToolsConcurrently(pool).build();

    Future<String> answer = callers.submit(() -> assistant.ask("write to all"));
    List<Open> asked = List.of(desk.next(), desk.next(), desk.next());
    asked.forEach(Open::agree);

    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("done");
    assertThat(told(script)).containsExactly("sent to Ada", "sent to Bob", "sent to Cy");
  }

  @Test
  void callsThatRunInTurnAreAskedAboutInTurn() throws Exception {
    Script script = Script.of(THREE_MAILS, Script.says("done"));
    Assistant assistant = assistant(script).build();

    Future<String> answer = callers.submit(() -> assistant.ask("write to all"));
    for (int i = 0; i < 3; i++) {
      Open asked = desk.next();
      assertThat(desk.open).isEmpty();
      assertThat(Traces.snapshots(trace)).hasSize(i);
      asked.agree();
    }

    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("done");
  }

  @Test
  void whileStreamingTheModelsOwnThreadWaits() throws Exception {
    Script script = Script.of(THREE_MAILS, Script.says("done"));
    Streamer streamer =
        AiServices.builder(Streamer.class)
            .streamingChatModel(script.streamingModel())
            .tools(tools.of(new Mail()))
            .registerListeners(tools.listeners())
            .build();

    Future<String> answer = callers.submit(() -> Streams.answer(streamer.ask("write to all")));
    for (int i = 0; i < 3; i++) {
      Open asked = desk.next();
      assertThat(asked.thread()).isEqualTo("scripted-stream");
      asked.agree();
    }

    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("done");
  }

  @Test
  void otherCallsOfTheSessionGoOnMeanwhile() throws Exception {
    ToolExecutor tool = tools.executor((request, memory) -> "ran");
    InvocationContext context = context();

    Future<ToolExecutionResult> waiting =
        callers.submit(() -> tool.executeWithContext(Script.call("1", "mail.send", "{}"), context));
    Open asked = desk.next();
    ToolExecutionResult other =
        tool.executeWithContext(Script.call("2", "crm.lookup", "{}"), context);
    asked.agree();

    assertThat(other.resultText()).isEqualTo("ran");
    assertThat(waiting.get(20, TimeUnit.SECONDS).resultText()).isEqualTo("ran");
    assertThat(trace.sessions()).hasSize(1);
  }

  /** As a pool does when its application stops. */
  @Test
  void anInterruptedWaitIsANoAndTheQuestionIsTakenBack() throws Exception {
    ToolExecutor tool =
        tools.executor(
            (request, memory) -> {
              throw new AssertionError("nobody agreed");
            });
    Future<List<Object>> waiting =
        callers.submit(
            () -> {
              ToolExecutionResult result =
                  tool.executeWithContext(Script.call("1", "mail.send", "{}"), context());
              return List.of(result.resultText(), Thread.currentThread().isInterrupted());
            });
    Open asked = desk.next();

    callers.shutdownNow();

    assertThat(waiting.get(20, TimeUnit.SECONDS))
        .satisfiesExactly(
            text -> assertThat((String) text).contains("ACME-101", "interrupted"),
            interrupted -> assertThat(interrupted).isEqualTo(true));
    // A thread of the governor's tells the approver, in its own time.
    assertThatThrownBy(() -> asked.answer().get(20, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aQuestionThatIsOpenWhenTheGovernorClosesIsANoAtOnce() throws Exception {
    ToolExecutor tool =
        tools.executor(
            (request, memory) -> {
              throw new AssertionError("nobody agreed");
            });
    Future<ToolExecutionResult> waiting =
        callers.submit(
            () -> tool.executeWithContext(Script.call("1", "mail.send", "{}"), context()));
    desk.next();

    governor.close();

    assertThat(waiting.get(20, TimeUnit.SECONDS).resultText())
        .contains("ACME-101", "the governor was closed");
  }

  @Test
  void anApproverThatBlocksForeverIsANoAfterItsTime() {
    Governor impatient =
        Governor.builder()
            .trace(trace)
            .approver(Approver.blocking(AskTest::never), Duration.ofMillis(50))
            .rules(Rule.named("ACME-101").mode(Mode.ENFORCE).ask())
            .build();
    ToolExecutor tool = GovernedTools.with(impatient).build().executor((request, memory) -> "ran");

    ToolExecutionResult result =
        tool.executeWithContext(Script.call("1", "mail.send", "{}"), context());

    assertThat(result.isError()).isTrue();
    assertThat(result.resultText()).contains("ACME-101", "nobody answered in time");
  }

  private static boolean never(ApprovalRequest request) {
    try {
      new java.util.concurrent.CountDownLatch(1).await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private AiServices<Assistant> assistant(Script script) {
    return AiServices.builder(Assistant.class)
        .chatModel(script.model())
        .tools(tools.of(new Mail()))
        .registerListeners(tools.listeners());
  }

  private static InvocationContext context() {
    return InvocationContext.builder().invocationId(UUID.randomUUID()).build();
  }

  private static List<String> told(Script script) {
    return script.requests().get(1).messages().stream()
        .filter(ToolExecutionResultMessage.class::isInstance)
        .map(message -> ((ToolExecutionResultMessage) message).text())
        .toList();
  }
}
