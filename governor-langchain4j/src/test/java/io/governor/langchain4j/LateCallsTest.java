package io.governor.langchain4j;

import static io.governor.testkit.GovernorAssertions.assertThatTrace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.governor.Agent;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.testkit.RecordingTraceSink;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls that begin after LangChain4j ended their invocation, as it does where tools run at once and
 * it does not wait for all of them.
 */
class LateCallsTest {

  interface Assistant {
    String ask(String message);
  }

  interface Streamer {
    TokenStream ask(String message);
  }

  /** Runs each round's first calls at once, and keeps the others until they are let go. */
  private static final class Late implements Executor {
    private final Queue<Runnable> kept = new ArrayDeque<>();
    private int atOnce;

    Late(int atOnce) {
      this.atOnce = atOnce;
    }

    @Override
    public synchronized void execute(Runnable work) {
      if (atOnce-- > 0) {
        work.run();
      } else {
        kept.add(work);
      }
    }

    synchronized void letGo() {
      kept.forEach(Runnable::run);
      kept.clear();
    }
  }

  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor =
      Governor.builder()
          .agent(Agent.named("support"))
          .trace(trace)
          .rules(Rule.named("ACME-101").tools("web.*").mode(Mode.ENFORCE).contract("mail.*").warn())
          .build();
  private final GovernedTools tools = GovernedTools.with(governor).build();

  final class Tools {
    @Tool(name = "web.get")
    String get(String url) {
      ran.add("web.get");
      return "page";
    }

    @Tool(name = "crm.count")
    String count(int number) {
      ran.add("crm.count");
      return "counted";
    }

    @Tool(name = "mail.send")
    String send(String to) {
      ran.add("mail.send");
      return "sent";
    }
  }

  private static ToolExecutionRequest web(String id) {
    return Script.call(id, "web.get", "{\"url\": \"x\"}");
  }

  private static ToolExecutionRequest unreadable() {
    return Script.call("2", "crm.count", "{\"number\": \"many\"}");
  }

  private static ToolExecutionRequest mail(String id) {
    return Script.call(id, "mail.send", "{\"to\": \"x\"}");
  }

  private void invoke(boolean streaming, Executor executor, ChatResponse... answers) {
    try {
      if (streaming) {
        Streams.answer(
            AiServices.builder(Streamer.class)
                .streamingChatModel(Script.of(answers).streamingModel())
                .executeToolsConcurrently(executor)
                .tools(tools.of(new Tools()))
                .registerListeners(tools.listeners())
                .build()
                .ask("go"));
      } else {
        AiServices.builder(Assistant.class)
            .chatModel(Script.of(answers).model())
            .executeToolsConcurrently(executor)
            .tools(tools.of(new Tools()))
            .registerListeners(tools.listeners())
            .build()
            .ask("go");
      }
    } catch (Exception ended) {
      ran.add("ended");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callsThatBeginAfterASiblingThrewStayInTheSessionAndEndIt(boolean streaming) {
    Late late = new Late(2);

    invoke(streaming, late, Script.calls(web("1"), unreadable(), mail("3"), mail("4")));
    int openThen = governor.health().openSessions();
    late.letGo();

    assertThat(ran).containsExactly("web.get", "ended");
    assertThat(openThen).isEqualTo(1);
    assertOneSession(4);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thatHoldsWhereNoneOfThemHasBegunWhenTheInvocationEnds(boolean streaming) {
    Late late = new Late(1);

    invoke(streaming, late, Script.calls(unreadable(), web("1"), mail("3")));
    late.letGo();

    assertThat(ran).containsExactly("ended", "web.get");
    assertOneSession(3);
  }

  /** LangChain4j waits for the last of them alone. */
  @Test
  void ofEqualCallsTheOneNobodyWaitsForStaysInTheSession() {
    Late late = new Late(0);
    Executor lastFirst =
        work -> {
          if (late.kept.size() == 1) {
            work.run();
          } else {
            late.execute(work);
          }
        };

    invoke(false, lastFirst, Script.calls(web("1"), web("1")), Script.says("done"));
    int openThen = governor.health().openSessions();
    late.letGo();

    assertThat(ran).containsExactly("web.get", "web.get");
    assertThat(openThen).isEqualTo(1);
    assertOneSession(2);
  }

  @Test
  void whatIsNotOursKeepsNoSessionOpen() {
    AiServices.builder(Assistant.class)
        .chatModel(
            Script.of(
                    Script.calls(web("1"), Script.call("2", "own.tool", "{}")), Script.says("done"))
                .model())
        .tools(tools.of(new Tools()))
        .tools(new Ungoverned())
        .registerListeners(tools.listeners())
        .build()
        .ask("go");

    assertOneSession(1);
  }

  static final class Ungoverned {
    @Tool(name = "own.tool")
    String run() {
      return "ran";
    }
  }

  @Test
  void aCallThatIsAloneInItsRoundAndNeverComesKeepsNoSessionOpen() {
    invoke(
        false,
        new Late(9),
        Script.calls(web("1")),
        Script.calls(Script.call("2", "made.up", "{}")));

    assertThat(ran).containsExactly("web.get", "ended");
    assertOneSession(1);
  }

  private void assertOneSession(int calls) {
    assertThat(trace.sessions()).hasSize(1);
    assertThat(Traces.payloads(trace, AgentRegistered.class)).hasSize(1);
    assertThat(Traces.scopes(trace)).hasSize(calls);
    assertThatTrace(trace.events()).isUnbroken();
    assertThat(governor.health().lost()).isEmpty();
    assertThat(governor.health().openSessions()).isZero();
    assertThat(trace.closedSessions()).hasSize(1);
  }
}
