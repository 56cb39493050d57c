package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.governor.Agent;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Origin;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent, here the official Java SDK's client, looks at its own governance. */
@Timeout(120)
class McpServeProcessTest {

  private static final String MINE = "0badcafe-0000-4000-8000-000000000001";
  private static final String SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path root;

  private McpSyncClient agent;

  @BeforeEach
  void start() {
    ServerParameters command =
        ServerParameters.builder(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .args(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.governor.cli.GovernorCommand",
                "mcp",
                "serve")
            .env(Map.of("GOVERNOR_HOME", root.toString(), "CLAUDE_CODE_SESSION_ID", MINE))
            .build();
    agent =
        McpClient.sync(new StdioClientTransport(command, new JacksonMcpJsonMapper(json)))
            .requestTimeout(Duration.ofSeconds(60))
            .initializationTimeout(Duration.ofSeconds(60))
            .build();
    agent.initialize();
  }

  @AfterEach
  void end() {
    agent.closeGracefully();
  }

  @Test
  void sevenToolsReadAndOneWrites() {
    List<Tool> tools = agent.listTools().tools();

    assertThat(tools)
        .extracting(Tool::name)
        .containsExactly(
            "governor_status",
            "governor_list_sessions",
            "governor_get_session",
            "governor_violations",
            "governor_pulse",
            "governor_explain",
            "governor_check",
            "governor_declare_intent");
    assertThat(tools)
        .filteredOn(tool -> !tool.annotations().readOnlyHint())
        .extracting(Tool::name)
        .containsExactly("governor_declare_intent");
    assertThat(tools).allSatisfy(tool -> assertThat(tool.description()).isNotBlank());
  }

  @Test
  void eachToolAnswersInJsonAndReadingChangesNoFile() throws Exception {
    record(MINE, "mail.send");
    Files.writeString(root.resolve("policy.yaml"), policy("deny"));
    Set<String> before = files();

    assertThat(answer("governor_status", Map.of()))
        .containsEntry("tool_calls", 1)
        .containsKey("mcp_pins");
    assertThat(answer("governor_list_sessions", Map.of("limit", 1))).containsEntry("total", 1);
    assertThat(answer("governor_get_session", Map.of("session_id", MINE, "offset", 1, "limit", 2)))
        .containsEntry("session_id", MINE)
        .hasEntrySatisfying("events", events -> assertThat((List<?>) events).hasSize(2));
    assertThat(answer("governor_violations", Map.of())).containsKey("rules");
    assertThat(answer("governor_violations", Map.of("session_id", MINE))).containsKey("events");
    assertThat(answer("governor_pulse", Map.of("session_id", MINE)))
        .containsKey("policy_violations_burn_rate");
    assertThat(answer("governor_explain", Map.of("what", "GOV-006"))).containsKey("remedy");
    assertThat(answer("governor_explain", Map.of("what", "TOOL_SHADOWED"))).containsKey("remedy");
    assertThat(answer("governor_check", Map.of("tool", "mail.send", "arguments", Map.of("n", 1.5))))
        .containsEntry("verdict", "deny");

    assertThat(files()).isEqualTo(before);
  }

  @Test
  void theCheckFollowsThePolicyAndKeepsTheLastGoodOne() throws Exception {
    Path file = root.resolve("policy.yaml");
    Map<String, Object> call = Map.of("tool", "mail.send");
    assertThat(call("governor_check", call).isError()).isTrue();

    Files.writeString(file, policy("deny"));
    assertThat(answer("governor_check", call)).containsEntry("verdict", "deny");
    Files.writeString(file, policy("ask"));
    assertThat(answer("governor_check", call)).containsEntry("verdict", "ask");
    Files.writeString(file, "governor: [");
    assertThat(answer("governor_check", call)).containsEntry("verdict", "ask");
  }

  private static String policy(String effect) {
    return "governor: 1\nid: mail\nrules: [{id: ACME-101, tool: mail.send, effect: "
        + effect
        + ", mode: enforce}]\n";
  }

  @Test
  void whatDoesNotExistLiesElsewhereOrIsNoIdIsOneAnswer() throws Exception {
    record(MINE, "mail.send");
    Path outside = Files.createDirectory(root.resolve("outside"));
    Files.move(root.resolve("traces").resolve("claude-code"), outside.resolve("claude-code"));
    Files.createSymbolicLink(
        root.resolve("traces").resolve("claude-code"), outside.resolve("claude-code"));
    Set<CallToolResult> answers = new LinkedHashSet<>();
    for (String tool : List.of("governor_get_session", "governor_pulse", "governor_violations")) {
      for (Object id :
          Arrays.asList(
              MINE,
              "0badcafe-0000-4000-8000-000000000009",
              "",
              " ",
              "../../etc/passwd",
              "/etc/passwd",
              "..",
              "a\u0000b",
              "\ud83d\ude00",
              "x".repeat(100_000),
              7,
              true,
              List.of(MINE),
              Map.of("id", MINE))) {
        answers.add(call(tool, Map.of("session_id", id)));
      }
    }

    assertThat(answers).hasSize(1);
    assertThat(text(answers.iterator().next())).isEqualTo("There is no such session.");
    // No id at all says nothing about what exists.
    assertThat(text(call("governor_get_session", Map.of())))
        .isEqualTo("session_id: expected the whole id of a session");
  }

  @Test
  void anAnswerThatWouldBeTooLongIsRefusedAndItsPartsAreNot() throws Exception {
    record(MINE, "t".repeat(900), 300);

    CallToolResult all = call("governor_get_session", Map.of("session_id", MINE, "limit", 200));
    CallToolResult some = call("governor_get_session", Map.of("session_id", MINE, "limit", 10));

    assertThat(all.isError()).isTrue();
    assertThat(text(all)).contains("262144 bytes").hasSizeLessThan(200);
    assertThat(some.isError()).isFalse();
  }

  @Test
  void nothingThatIsReturnedHoldsASecret() throws Exception {
    record("mail-someone@example.com", "read");
    record(MINE, "send-" + SECRET);

    for (String tool :
        List.of("governor_list_sessions", "governor_status", "governor_violations")) {
      assertThat(text(call(tool, Map.of()))).doesNotContain(SECRET, "someone@example.com");
    }
    assertThat(text(call("governor_get_session", Map.of("session_id", MINE))))
        .contains("[REDACTED:")
        .doesNotContain(SECRET);
    assertThat(text(call("governor_get_session", Map.of("session_id", SECRET))))
        .doesNotContain(SECRET);
    answer(
        "governor_declare_intent",
        Map.of("objective", "Use " + SECRET, "systems", List.of("mail")));
    assertThat(traces()).contains("inferred").doesNotContain("Use " + SECRET);
  }

  @Test
  void aDeclaredIntentHoldsForLaterCallsAndNotForEarlierOnes() throws Exception {
    assertThat(record(MINE, "mail.send").violations()).contains("POL-001");
    Map<String, Object> before = answer("governor_violations", Map.of("session_id", MINE));

    assertThat(
            answer(
                "governor_declare_intent",
                Map.of("objective", "Sort the mail", "systems", List.of("mail"))))
        .containsEntry("session_id", MINE)
        .containsEntry("intent_source", "inferred");

    assertThat(answer("governor_violations", Map.of("session_id", MINE))).isEqualTo(before);
    assertThat(record(MINE, "mail.send").violations()).doesNotContain("POL-001");
    assertThat(traces())
        .contains("\"intent_source\": \"inferred\"", "\"intent_confidence\": \"inferred_low\"");
  }

  @Test
  void anIntentForASessionThatIsNotTheAgentsOwnIsRefused() throws Exception {
    record("0badcafe-0000-4000-8000-000000000002", "mail.send");

    CallToolResult refused =
        call(
            "governor_declare_intent",
            Map.of("objective", "Sort the mail", "systems", List.of("mail")));

    assertThat(refused.isError()).isTrue();
    assertThat(text(refused)).startsWith("Not recorded");
    assertThat(traces()).doesNotContain("Sort the mail");
  }

  private Decision record(String id, String tool) {
    return record(id, tool, 1);
  }

  private Decision record(String id, String tool, int times) {
    try (Governor governor =
            Governor.builder().stateRoot(root).agent(Agent.named("agent-1")).build();
        GovernedSession session =
            governor.session().id(id).origin(Origin.HOOK).surface("claude-code").shared().open()) {
      Decision last = null;
      for (int i = 0; i < times; i++) {
        ToolCall call = ToolCall.of(tool, ToolArguments.ofJson("{\"to\":\"x\"}"));
        last = session.before(call);
        session.after(last.call(), ToolResult.ofText("sent"));
      }
      return last;
    }
  }

  private CallToolResult call(String tool, Map<String, Object> arguments) {
    return agent.callTool(
        CallToolRequest.builder(tool).arguments(new LinkedHashMap<>(arguments)).build());
  }

  private Map<String, Object> answer(String tool, Map<String, Object> arguments)
      throws IOException {
    CallToolResult result = call(tool, arguments);
    assertThat(result.isError()).as(text(result)).isFalse();
    @SuppressWarnings("unchecked")
    Map<String, Object> answer = json.readValue(text(result), Map.class);
    return answer;
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }

  private String traces() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(root.resolve("traces"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  private Set<String> files() throws IOException {
    Set<String> files = new LinkedHashSet<>();
    try (var all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        files.add(root.relativize(file) + " " + Files.getLastModifiedTime(file));
      }
    }
    return files;
  }
}
