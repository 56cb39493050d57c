package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import io.governor.Governor;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many agents at once, in every way a service runs its tools, over few pool threads: each event
 * stands in the session of the agent or invocation whose model asked for the call. Which call an
 * event tells of is known by the provider's id, which names both. {@code -Dgovernor.soak=200000}
 * sets the number of calls.
 */
class SoakTest {

  private static final int THREADS = 64;
  private static final int KEYED = THREADS / 2;
  private static final int CALLS_PER_ROUND = 8;
  private static final int CALLS = Integer.getInteger("governor.soak", 16_384);

  interface Assistant {
    String ask(@UserMessage String message, InvocationParameters where);
  }

  interface Streamer {
    TokenStream ask(@UserMessage String message, InvocationParameters where);
  }

  static final class Crm {
    @Tool(name = "crm.lookup")
    String lookup(String order) {
      return "found " + order;
    }
  }

  private final LongAdder scopes = new LongAdder();
  private final LongAdder snapshots = new LongAdder();
  private final Map<String, String> misplaced = new ConcurrentHashMap<>();
  private final Map<String, String> invocations = new ConcurrentHashMap<>();
  private final Map<String, String> sessions = new ConcurrentHashMap<>();
  private final Map<String, Long> sequences = new ConcurrentHashMap<>();
  private final Governor governor = Governor.builder().trace(this::check).build();
  private final ExecutorService pool = Executors.newFixedThreadPool(8);

  @Test
  @Timeout(600)
  void everyEventStandsInTheRightSession() throws Exception {
    GovernedTools tools =
        GovernedTools.with(governor)
            .sessionOf(context -> context.invocationParameters().get("session"))
            .build();
    ExecutorService agents = Executors.newFixedThreadPool(THREADS);
    CountDownLatch together = new CountDownLatch(THREADS);
    List<Future<?>> running = new ArrayList<>();
    int rounds = Math.max(1, CALLS / THREADS / CALLS_PER_ROUND);
    try {
      for (int i = 0; i < THREADS; i++) {
        int agent = i;
        running.add(
            agents.submit(
                () -> {
                  together.countDown();
                  together.await();
                  work(tools, agent, rounds);
                  return null;
                }));
      }
      for (Future<?> agent : running) {
        agent.get(10, TimeUnit.MINUTES);
      }
    } finally {
      agents.shutdownNow();
      pool.shutdown();
    }
    governor.close();

    long calls = (long) THREADS * rounds * CALLS_PER_ROUND;
    assertThat(misplaced).isEmpty();
    assertThat(scopes.sum()).isEqualTo(calls);
    assertThat(snapshots.sum()).isEqualTo(calls);
    assertThat(sequences).hasSize(KEYED + (THREADS - KEYED) * rounds);
    assertThat(sequences.values())
        .containsOnly(2 + 2L * rounds * CALLS_PER_ROUND, 2 + 2L * CALLS_PER_ROUND);
    assertThat(governor.health().lost()).isEmpty();
  }

  private void work(GovernedTools tools, int agent, int rounds) throws Exception {
    Script script = Script.of();
    Assistant assistant = agent % 4 < 2 ? assistant(tools, script, agent % 2 == 1) : null;
    Streamer streamer = assistant == null ? streamer(tools, script, agent % 2 == 1) : null;
    InvocationParameters where =
        agent < KEYED
            ? InvocationParameters.from("session", "s" + agent)
            : new InvocationParameters();
    for (int round = 0; round < rounds; round++) {
      script.then(Script.calls(calls(agent, round)), Script.says("done"));
      String answer =
          assistant != null
              ? assistant.ask("go on", where)
              : Streams.answer(streamer.ask("go on", where));
      assertThat(answer).isEqualTo("done");
    }
  }

  private static ToolExecutionRequest[] calls(int agent, int round) {
    ToolExecutionRequest[] calls = new ToolExecutionRequest[CALLS_PER_ROUND];
    for (int i = 0; i < calls.length; i++) {
      String id = "s" + agent + "-" + round + "-" + i;
      calls[i] = Script.call(id, "crm.lookup", "{\"order\": \"" + id + "\"}");
    }
    return calls;
  }

  private Assistant assistant(GovernedTools tools, Script script, boolean concurrent) {
    AiServices<Assistant> services =
        AiServices.builder(Assistant.class)
            .chatModel(tools.model(script.model()))
            .tools(tools.of(new Crm()))
            .registerListeners(tools.listeners());
    return (concurrent ? services.executeToolsConcurrently(pool) : services).build();
  }

  private Streamer streamer(GovernedTools tools, Script script, boolean concurrent) {
    AiServices<Streamer> services =
        AiServices.builder(Streamer.class)
            .streamingChatModel(tools.model(script.streamingModel()))
            .tools(tools.of(new Crm()))
            .registerListeners(tools.listeners());
    return (concurrent ? services.executeToolsConcurrently(pool) : services).build();
  }

  private void check(TraceEvent event) {
    Long before = sequences.put(event.sessionId(), event.sequence());
    if (event.sequence() != (before == null ? 1 : before + 1)) {
      misplaced.put(event.eventId(), "sequence " + before + ", " + event.sequence());
    }
    if (event.payload() instanceof ScopeAsserted scope) {
      scopes.increment();
      check(event, scope.toolUseId());
    } else if (event.payload() instanceof ContextSnapshot snapshot) {
      snapshots.increment();
      check(event, snapshot.toolUseId());
    }
  }

  private void check(TraceEvent event, String toolUseId) {
    if (toolUseId == null || !isAtHome(event.sessionId(), toolUseId)) {
      misplaced.put(event.eventId(), event.sessionId() + " has " + toolUseId);
    }
  }

  /** A session is an agent's where the agent has a key, and otherwise an invocation's. */
  private boolean isAtHome(String sessionId, String toolUseId) {
    if (sessionId.startsWith("s")) {
      return toolUseId.startsWith(sessionId + "-");
    }
    String invocation = toolUseId.substring(0, toolUseId.lastIndexOf('-'));
    return invocation.equals(invocations.computeIfAbsent(sessionId, id -> invocation))
        && sessionId.equals(sessions.computeIfAbsent(invocation, asked -> sessionId));
  }
}
