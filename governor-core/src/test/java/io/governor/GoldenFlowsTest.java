package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.governor.SessionOperations.Recording;
import io.governor.event.EventEncoder;
import io.governor.event.EventPayload;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import io.governor.standard.ScopeMark;
import io.governor.standard.StandardRules;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import io.governor.trace.TraceStore.Sharing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Drives the recording operations with the inputs of the reference's golden flows: payloads, ids
 * and times are given; flags, violations, consequences, sequence and links must come out of the
 * rules.
 */
class GoldenFlowsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path VECTORS =
      Path.of(System.getProperty("governor.vectors", "none"), "execution-record");

  @ParameterizedTest(name = "flow {0}")
  @CsvSource({"a, user_123", "b, "})
  void aGoldenFlowComesOutOfItsInputs(String flow, String authorization) throws IOException {
    Path file = VECTORS.resolve("golden_trace_flow_" + flow + ".json");
    assumeTrue(Files.exists(file), "the reference's golden flows are not on this machine");
    List<TraceEvent> golden = new ArrayList<>();
    TraceReader.read(TraceSource.of(file), (event, at) -> golden.add(event));

    List<TraceEvent> recorded = drive(golden, authorization != null);

    ArrayNode expected = (ArrayNode) MAPPER.readTree(file.toFile());
    assertThat(recorded).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(comparable(json(recorded.get(i)))).isEqualTo(comparable(expected.get(i)));
    }
  }

  private static List<TraceEvent> drive(List<TraceEvent> golden, boolean authorized) {
    TraceEvent first = golden.get(0);
    Iterator<String> ids = golden.stream().map(TraceEvent::eventId).iterator();
    Iterator<Instant> times =
        golden.stream().map(event -> Objects.requireNonNull(event.timestamp())).iterator();
    Sinks.Recording trace = new Sinks.Recording();
    GovernorRuntime runtime = runtime(trace, ids, times);
    SessionIdentity identity =
        new SessionIdentity(
            first.sessionId(),
            "api",
            Origin.API,
            Agent.named(first.agentId()),
            Sharing.UNIQUE,
            false,
            true,
            false,
            null,
            false);
    SessionRecorder recorder = new SessionRecorder(identity, runtime);
    SessionOperations events = new SessionOperations(recorder);
    for (TraceEvent event : golden) {
      recorder.exclusively(() -> record(events, event.payload(), authorized));
    }
    return trace.events();
  }

  private static boolean record(
      SessionOperations events, EventPayload payload, boolean authorized) {
    Recording recording = Recording.plain(GovernorMember.of(Origin.API, null));
    if (payload instanceof AgentRegistered registered) {
      return events.register(registered, recording);
    }
    if (payload instanceof IntentDeclared intent) {
      return events.declare(intent, recording);
    }
    if (payload instanceof ScopeAsserted scope) {
      Operation operation = Operation.valueOf(scope.operationType());
      ScopeMark mark = new ScopeMark(scope.targetSystem(), operation);
      return events.assertScope(
          scope, mark, events.judgeScope(scope.toolId(), mark, null), recording);
    }
    if (payload instanceof ContextSnapshot snapshot) {
      return events.snapshot(snapshot, events.judgeSnapshot(snapshot, authorized), recording);
    }
    MemoryWriteAttempt memory = (MemoryWriteAttempt) payload;
    return events.memoryWrite(memory, StandardRules.memory(memory), recording);
  }

  private static GovernorRuntime runtime(
      TraceSink trace, Iterator<String> ids, Iterator<Instant> times) {
    Health health = new Health();
    RuleSet.Host host =
        new RuleSet.Host(
            List.of(),
            java.util.Map.of(),
            List.of(),
            io.governor.detect.Detectors.builtIn(),
            Mode.OBSERVE,
            false,
            0);
    return new GovernorRuntime(
        times::next,
        () -> 0,
        ids::next,
        new SinkTraceStore(trace),
        List.of(),
        health,
        SessionProfile.Source.of(io.governor.standard.Profile.defaults()),
        new ResultHints(List.of(), health),
        RuleSource.of(host, null, health),
        new MemoryCallCounters(() -> 0),
        Pauses.inMemory(times::next),
        null,
        SessionFolders.NONE,
        Duration.ofMinutes(10));
  }

  private static JsonNode json(TraceEvent event) throws IOException {
    JsonWriter out = new JsonWriter(512);
    EventEncoder.encode(event, out);
    return MAPPER.readTree(out.toByteArray());
  }

  /**
   * Flags and violations compare as sets, everything else exactly, without our additional member.
   */
  private static JsonNode comparable(JsonNode event) {
    ObjectNode copy = event.deepCopy();
    copy.remove("governor");
    for (String member : List.of("advisory_flags", "policy_violations")) {
      List<String> sorted = new ArrayList<>();
      copy.get(member).forEach(item -> sorted.add(item.asText()));
      sorted.sort(null);
      ArrayNode array = copy.putArray(member);
      sorted.forEach(array::add);
    }
    return copy;
  }
}
