package io.governor.langchain4j;

import static io.governor.testkit.GovernorAssertions.assertThatTrace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import io.governor.Approver;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventType;
import io.governor.testkit.RecordingTraceSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nothing of the builder is touched: calls are recorded by listeners, after they ran. */
class ObservingTest {

  interface Assistant {
    String ask(String message);
  }

  interface Remembering {
    String ask(@MemoryId String memory, @UserMessage String message);
  }

  interface Streamer {
    TokenStream ask(String message);
  }

  static final class Tools {
    @Tool(name = "crm.lookup")
    String lookup() {
      return "found";
    }

    @Tool(name = "mail.send")
    String send(String to) {
      if (to == null) {
        throw new IllegalStateException("no route");
      }
      return "sent";
    }
  }

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor = Governor.builder().trace(trace).build();

  @Test
  void callsAreRecordedAfterTheyRanWithTheirSessionIntentAndTokens() {
    Script script =
        Script.of(
            Script.calls(
                "turn-1",
                100,
                10,
                Script.call("1", "crm.lookup", "{}"),
                Script.call(null, "mail.send", "{}")),
            Script.says("done"));

    AiServices.builder(Assistant.class)
        .chatModel(script.model())
        .tools(new Tools())
        .registerListeners(GovernedTools.observing(governor))
        .build()
        .ask("where is my parcel");

    assertThat(trace.sessions()).hasSize(1);
    assertThat(trace.closedSessions()).hasSize(1);
    assertThatTrace(trace.events())
        .isUnbroken()
        .hasTypes(
            EventType.AGENT_REGISTERED,
            EventType.INTENT_DECLARED,
            EventType.SCOPE_ASSERTED,
            EventType.CONTEXT_SNAPSHOT,
            EventType.SCOPE_ASSERTED,
            EventType.CONTEXT_SNAPSHOT);
    assertThat(Traces.payloads(trace, IntentDeclared.class).get(0).statedObjective())
        .isEqualTo("[user message, 4 words]");
    assertThat(Traces.snapshots(trace))
        .extracting(snapshot -> snapshot.usage().turnId())
        .containsExactly("turn-1", "turn-1");
  }

  @Test
  void streamedCallsAreRecordedToo() throws Exception {
    Script script =
        Script.of(Script.calls(Script.call("1", "crm.lookup", "{}")), Script.says("done"));

    Streams.answer(
        AiServices.builder(Streamer.class)
            .streamingChatModel(script.streamingModel())
            .tools(new Tools())
            .registerListeners(GovernedTools.observing(governor))
            .build()
            .ask("hello"));

    assertThat(Traces.scopes(trace)).hasSize(1);
    assertThat(Traces.snapshots(trace)).hasSize(1);
  }

  @Test
  void aCallThatIsGovernedAsWellIsRecordedOnceHoweverManyListen() {
    GovernedTools tools = GovernedTools.with(governor).build();
    Script script =
        Script.of(
            Script.calls(
                Script.call(null, "crm.lookup", "{}"), Script.call(null, "crm.lookup", "{}")),
            Script.says("done"));

    AiServices.builder(Assistant.class)
        .chatModel(script.model())
        .tools(tools.of(new Tools()))
        .registerListeners(tools.listeners())
        .registerListeners(GovernedTools.observing(governor))
        .registerListeners(GovernedTools.observing(governor))
        .build()
        .ask("hello");

    assertThat(trace.sessions()).hasSize(1);
    assertThat(Traces.scopes(trace)).hasSize(2);
    assertThat(Traces.snapshots(trace)).hasSize(2);
  }

  @Test
  void whatWouldHaveBeenRefusedIsRecordedAsSuchAndNobodyIsAsked() {
    AtomicInteger asked = new AtomicInteger();
    Approver approver =
        Approver.blocking(
            request -> {
              asked.incrementAndGet();
              return true;
            });
    Governor strict =
        Governor.builder()
            .trace(trace)
            .approver(approver, Duration.ofSeconds(20))
            .rules(
                Rule.named("ACME-101").tools("crm.*").mode(Mode.ENFORCE).deny(),
                Rule.named("ACME-102").tools("mail.*").mode(Mode.ENFORCE).ask())
            .build();
    Script script =
        Script.of(
            Script.calls(Script.call("1", "crm.lookup", "{}"), Script.call("2", "mail.send", "{}")),
            Script.says("done"));

    String answer =
        AiServices.builder(Assistant.class)
            .chatModel(script.model())
            .tools(new Tools())
            .registerListeners(GovernedTools.observing(strict))
            .build()
            .ask("hello");

    assertThat(answer).isEqualTo("done");
    assertThat(asked).hasValue(0);
    assertThat(trace.events().get(2).passThrough()).isFalse();
    assertThat(trace.events().get(2).violations()).contains("ACME-101");
    assertThat(trace.events().get(3).flags()).contains(AdvisoryFlag.ENFORCEMENT_BYPASSED);
    assertThat(trace.events().get(4).violations()).contains("ACME-102");
  }

  @Test
  void sessionsAreNamedByTheBuilderAsForGovernedTools() {
    Script script =
        Script.of(
            Script.calls(Script.call("1", "crm.lookup", "{}")),
            Script.says("one"),
            Script.calls(Script.call("1", "crm.lookup", "{}")),
            Script.says("two"));
    Remembering assistant =
        AiServices.builder(Remembering.class)
            .chatModel(script.model())
            .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(10))
            .tools(new Tools())
            .registerListeners(GovernedTools.with(governor).sessionPerMemory().observing())
            .build();

    assistant.ask("ticket-7", "first");
    assistant.ask("ticket-7", "second");

    assertThat(trace.sessions()).isEqualTo(java.util.Set.copyOf(List.of("ticket-7")));
    assertThat(Traces.scopes(trace)).hasSize(2);
  }
}
