package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import io.governor.json.JsonSize;
import io.governor.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HookPayloadsTest {

  private static final String BEGINNING = "AGENT_REGISTERED; INTENT_DECLARED";

  @TempDir Path home;

  static List<EventTable.Row> rows() {
    return EventTable.rows();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aSessionsFirstPayloadLeavesItsBeginningAndWhatTheTableSays(EventTable.Row row) {
    HookBench bench = new HookBench(home);
    String tool = row.tool().replace("*", "anything");

    bench.run(payload(row.event(), tool));

    assertThat(Lines.of(bench.events())).isEqualTo(expected(row, tool, bench.events()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aLaterPayloadLeavesOnlyWhatTheTableSays(EventTable.Row row) {
    HookBench bench = new HookBench(home);
    String tool = row.tool().replace("*", "anything");
    bench.run(HookBench.event("SessionStart"));

    bench.run(payload(row.event(), tool));

    assertThat(Lines.of(bench.events())).isEqualTo(expected(row, tool, bench.events()));
  }

  private static String payload(String event, String tool) {
    String input = "{\"command\": \"ls -l\", \"file_path\": \"/somewhere/a.txt\"}";
    return HookBench.event(
        HookBench.SESSION,
        event,
        ", \"tool_name\": "
            + HookBench.quoted(tool)
            + ", \"tool_input\": "
            + input
            + ", \"tool_use_id\": \"call-7\", \"tool_response\": {\"stdout\": \"two words\"}");
  }

  @TestFactory
  Stream<DynamicTest> payloadsOfRealAgentsLeaveWhatTheTableSays() throws IOException {
    Path vectors = Path.of(System.getProperty("governor.vectors", "absent"), "hook-payloads");
    Assumptions.assumeTrue(Files.isDirectory(vectors), "no reference data at " + vectors);
    try (Stream<Path> found = Files.walk(vectors)) {
      List<Path> payloads =
          found
              .filter(path -> vectors.relativize(path).toString().startsWith("claude-code"))
              .filter(path -> path.toString().endsWith(".json"))
              .sorted()
              .toList();
      assertThat(payloads).hasSizeGreaterThan(40);
      return payloads.stream()
          .map(
              path ->
                  DynamicTest.dynamicTest(
                      vectors.relativize(path).toString(), () -> checkRealPayload(path)));
    }
  }

  private void checkRealPayload(Path path) throws Exception {
    byte[] bytes = Files.readAllBytes(path);
    Map<?, ?> members = (Map<?, ?>) StrictJson.parse(bytes, StrictJson.Limits.HOOK);
    String event = (String) members.get("hook_event_name");
    String tool = members.get("tool_name") instanceof String name ? name : "";
    String session = (String) members.get("session_id");
    HookBench bench = new HookBench(Files.createTempDirectory(home, "real"));

    bench.run(new ByteArrayInputStream(bytes));

    List<TraceEvent> events = bench.events(session);
    assertThat(Lines.of(events)).isEqualTo(expected(EventTable.find(event, tool), tool, events));
    checkCallIds(events, members.get("tool_use_id"));
    checkSizes(events, members);
  }

  private static void checkCallIds(List<TraceEvent> events, Object toolUseId) {
    for (TraceEvent event : events) {
      if (event.payload() instanceof ScopeAsserted scope) {
        assertThat(scope.toolUseId()).isEqualTo(toolUseId);
      } else if (event.payload() instanceof ContextSnapshot snapshot) {
        assertThat(snapshot.toolUseId()).isEqualTo(toolUseId);
      }
    }
  }

  /** A result's snapshot has the size of the result, an input's that of the input. */
  private static void checkSizes(List<TraceEvent> events, Map<?, ?> members) {
    boolean after = "PostToolUse".equals(members.get("hook_event_name"));
    Object sized = members.get(after ? "tool_response" : "tool_input");
    for (TraceEvent event : events) {
      if (event.payload() instanceof ContextSnapshot snapshot) {
        assertThat(snapshot.contextSizeTokens()).isEqualTo(JsonSize.tokens(sized));
      }
    }
  }

  /** The row's events after the session's beginning, with the open targets filled in. */
  private static String expected(EventTable.Row row, String tool, List<TraceEvent> events) {
    String rest = row.events();
    if (tool.equals("Bash")) {
      String target = target(events);
      assertThat(target).startsWith("shell");
      rest = rest.replace("$", target);
    }
    if (tool.startsWith("mcp__")) {
      rest = rest.replace("%", tool.split("__", 3)[1]);
    }
    return rest.isEmpty() ? BEGINNING : BEGINNING + "; " + rest;
  }

  private static String target(List<TraceEvent> events) {
    return events.stream()
        .map(TraceEvent::payload)
        .filter(ContextSnapshot.class::isInstance)
        .map(payload -> ((ContextSnapshot) payload).provenance().get(0))
        .findFirst()
        .orElse("shell");
  }

  @Test
  void aSessionBeginsWithWhoActsAndThatNothingWasDeclared() {
    HookBench bench = new HookBench(home);

    bench.run(HookBench.event("SessionStart"));

    TraceEvent first = bench.events().get(0);
    assertThat(first.agentId()).isEqualTo("claude-code-0a1b2c3d");
    assertThat(first.deploymentMode()).isEqualTo("vendor_managed");
    assertThat(first.governor().origin()).isEqualTo("hook");
    assertThat(first.payload())
        .isEqualTo(
            new AgentRegistered(
                "claude-code-0a1b2c3d",
                null,
                "claude-code",
                "vendor_managed",
                List.of("coding_agent.observe"),
                "pat",
                null,
                false,
                null,
                null,
                null));
    assertThat(bench.events().get(1).payload())
        .isEqualTo(
            new IntentDeclared(null, "none", "unknown", null, List.of("coding_agent.observe")));
  }

  @Test
  void theOwnerIsNotRecordedWhenNobodyKnowsOrNobodyWants() {
    HookBench unknown = new HookBench(home.resolve("a")).environment(Map.of());
    HookBench empty = new HookBench(home.resolve("b")).environment(Map.of("USER", ""));
    HookBench unwanted =
        new HookBench(home.resolve("c")).settings(new HookSettings("robot", false));

    for (HookBench bench : List.of(unknown, empty, unwanted)) {
      bench.run(HookBench.event("SessionStart"));

      AgentRegistered registered = (AgentRegistered) bench.events().get(0).payload();
      assertThat(registered.ownerClaim()).isNull();
    }
    assertThat(unwanted.events().get(0).agentId()).isEqualTo("robot-0a1b2c3d");
  }

  @Test
  void anInputThatIsNoObjectCountsAsAnEmptyOne() {
    for (String input : List.of("null", "[1, 2]", "\"text\"", "7")) {
      HookBench bench = new HookBench(home.resolve(String.valueOf(input.hashCode())));

      bench.run(HookBench.before("Read", input));

      ContextSnapshot snapshot = (ContextSnapshot) bench.events().get(3).payload();
      assertThat(snapshot.contextSizeTokens()).isEqualTo(1);
    }
  }

  @Test
  void callsAndResultsArePairedByIdWhateverTheirOrder() {
    HookBench bench = new HookBench(home);

    bench.run(HookBench.before(HookBench.SESSION, "Read", "{}", "call-a"));
    bench.run(HookBench.before(HookBench.SESSION, "Bash", "{\"command\": \"ls\"}", "call-b"));
    bench.run(HookBench.after("Bash", "{\"command\": \"ls\"}", "call-b", "\"files\""));
    bench.run(HookBench.after("Read", "{}", "call-a", "\"" + "x".repeat(398) + "\""));

    List<TraceEvent> events = bench.events();
    assertThat(events.stream().map(event -> event.governor().callId()).toList())
        .containsExactly(null, null, "call-a", "call-a", "call-b", "call-b", "call-b", "call-a");
    assertThat(((ContextSnapshot) events.get(7).payload()).contextSizeTokens()).isEqualTo(100);
  }

  @Test
  void aResultWithoutCallIdHasNone() {
    HookBench bench = new HookBench(home);

    bench.run(
        HookBench.event(
            HookBench.SESSION, "PostToolUse", ", \"tool_name\": \"Read\", \"tool_response\": 1"));

    assertThat(((ContextSnapshot) bench.events().get(2).payload()).toolUseId()).isNull();
  }

  @Test
  void aCallWithoutToolNameBeginsTheRecordAndIsNamed() {
    HookBench bench = new HookBench(home);

    HookBench.Outcome outcome = bench.run(HookBench.event("PreToolUse"));

    assertThat(Lines.of(bench.events())).isEqualTo(BEGINNING);
    assertThat(outcome.stderr())
        .isEqualTo(
            "governor hook claude-code: PreToolUse: tool_name: expected the name of a tool\n");
  }

  /** JavaScript clients write the half of an emoji, where they cut a text, as an escape. */
  @Test
  void aPayloadCutInTheMiddleOfAnEmojiIsRecordedLikeAnyOther() {
    HookBench bench = new HookBench(home);
    String half = "\\ud83d";
    String input = "{\"content\": \"cut " + half + "\", \"" + half + "\": 1, \"\\ude00\": 2}";
    String tool = HookBench.quoted("Read").replace("ead", "ead" + half);
    String call = HookBench.tool("Read", input, "call-1").replace("\"Read\"", tool);

    HookBench.Outcome before = bench.run(HookBench.event(HookBench.SESSION, "PreToolUse", call));
    HookBench.Outcome after =
        bench.run(
            HookBench.event(
                HookBench.SESSION,
                "PostToolUse",
                call + ", \"tool_response\": {\"" + half + "\": \"" + half + "\"}"));

    assertThat(before.stderr() + after.stderr()).isEmpty();
    assertThat(bench.events()).hasSize(5);
    assertThat(((ScopeAsserted) bench.events().get(2).payload()).toolId()).isEqualTo("Read\ue03d");
    assertThat(((ContextSnapshot) bench.events().get(3).payload()).contextSizeTokens())
        .isEqualTo(JsonSize.tokens(Map.of("content", "cut \ud83d", "\ud83d", 1, "\ude00", 2)));
    assertThat(((ContextSnapshot) bench.events().get(4).payload()).contextSizeTokens())
        .isEqualTo(JsonSize.tokens(Map.of("\ud83d", "\ud83d")));
  }

  @Test
  void aSessionIdCutInTheMiddleOfAnEmojiIsOneSession() {
    HookBench bench = new HookBench(home);
    String payload = HookBench.event("s\ud83d", "SessionStart", "");

    bench.run(payload);
    bench.run(payload);

    assertThat(bench.events("s\ue03d")).hasSize(2);
  }

  @Test
  void aSubagentSharesItsParentsSession() {
    HookBench bench = new HookBench(home);
    bench.run(HookBench.before("Read", "{}"));

    bench.run(
        HookBench.event(
            HookBench.SESSION,
            "PreToolUse",
            ", \"agent_id\": \"sub-1\", \"agent_type\": \"helper\", \"tool_name\": \"Read\","
                + " \"tool_input\": {}, \"tool_use_id\": \"call-2\""));

    assertThat(bench.events()).hasSize(6);
    assertThat(bench.events().get(5).agentId()).isEqualTo("claude-code-0a1b2c3d");
  }

  @Test
  void anUnknownAgentIsAMistakeOfWhoeverWroteTheCommand() {
    HookBench bench = new HookBench(home);

    HookBench.Outcome outcome =
        bench.run(
            "claude",
            new ByteArrayInputStream(
                HookBench.event("SessionStart").getBytes(StandardCharsets.UTF_8)));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.stderr())
        .startsWith("governor hook unknown: unknown agent: expected one of claude-code, codex, ");
    assertThat(bench.failures().byReason()).containsExactly(Map.entry("agent", 1L));
    assertThat(bench.folder()).doesNotExist();
  }
}
