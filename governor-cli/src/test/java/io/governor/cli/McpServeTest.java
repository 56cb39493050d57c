package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Agent;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Origin;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpServeTest {

  private static final String MINE = "0badcafe-0000-4000-8000-000000000001";
  private static final String OTHER = "0badcafe-0000-4000-8000-000000000002";
  private static final String DECLARE =
      "{\"objective\": \"Sort the mail\", \"systems\": [\"mail\"]}";

  @TempDir Path root;

  private Map<String, String> env = Map.of("GOVERNOR_TTY", "");

  @Test
  void aClientIsGreetedInTheVersionItSpeaksOrTheLatest() {
    assertThat(served(initialize("2025-06-18"))).contains("\"protocolVersion\":\"2025-06-18\"");
    assertThat(served(initialize("2024-01-01"))).contains("\"protocolVersion\":\"2025-11-25\"");
  }

  private static String initialize(String version) {
    return "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
        + version
        + "\"}}";
  }

  @Test
  void eightToolsAreOfferedAndOneOfThemWrites() {
    String list = served("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}");

    assertThat(list.split("\"inputSchema\"", -1)).hasSize(9);
    assertThat(list.split("\"readOnlyHint\":false", -1)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"rm\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"method\":\"ping\"}",
        "{",
        "[]",
      })
  void whatIsNotServedIsAnError(String line) {
    assertThat(served(line)).contains("\"error\":{\"code\":-32");
  }

  @Test
  void nothingIsAnsweredToNotificationsAndAnswers() {
    assertThat(served("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")).isEmpty();
    assertThat(served("{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{}}")).isEmpty();
  }

  @Test
  void whatIsRecordedIsShown() {
    record(MINE, "claude-code");

    assertThat(call("governor_status", "{}")).contains("\"tool_calls\": 1");
    assertThat(call("governor_list_sessions", "{}")).contains(MINE);
    assertThat(call("governor_get_session", session(MINE))).contains("\"SCOPE_ASSERTED\"");
    assertThat(call("governor_violations", "{}")).contains("\"POL-001\": ");
    assertThat(call("governor_violations", session(MINE))).contains("\"ran\": true");
    assertThat(call("governor_pulse", session(MINE))).contains("total_events");
    assertThat(call("governor_explain", "{\"what\": \"POL-001\"}")).contains("\"remedy\"");
  }

  private static String session(String id) {
    return "{\"session_id\": \"" + id + "\"}";
  }

  @Test
  void malformedUnknownAndOutsideIdsGetOneAnswer() throws IOException {
    record(MINE, "claude-code");
    Path outside = root.resolve("outside");
    Files.move(root.resolve("traces").resolve("claude-code"), outside);
    Files.createSymbolicLink(root.resolve("traces").resolve("claude-code"), outside);

    for (String id : List.of(MINE, OTHER, "../../etc/passwd", "", "0badcafe", "\\u0000")) {
      assertThat(call("governor_get_session", session(id))).isEqualTo("There is no such session.");
    }
    assertThat(call("governor_get_session", "{\"session_id\": 7}"))
        .isEqualTo("There is no such session.");
    assertThat(call("governor_list_sessions", "{}")).contains("\"total\": 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "governor_get_session | {} | session_id: expected the whole id of a session",
        "governor_pulse | {\"session_id\": null} | session_id: expected the whole id of a session",
        "governor_pulse | {\"session\": \"a\"} | arguments: expected none but session_id",
        "governor_violations | {\"Session_id\": \"a\"} | arguments: expected none but session_id",
        "governor_get_session | {\"session_id\": \"a\", \"x\": 1} | arguments: expected none but limit, offset, session_id",
        "governor_status | {\"x\": 1} | arguments: expected none",
        "governor_explain | {} | what: expected a text of 1 to 64 characters",
      })
  void whatIsMisnamedOrMissingIsToldAsSuch(String tool, String arguments, String told) {
    record(MINE, "claude-code");

    assertThat(call(tool, arguments)).isEqualTo(told);
  }

  @Test
  void whatBecomesOfACallIsSaidAndNotRecorded() throws IOException {
    assertThat(call("governor_check", "{\"tool\": \"mail.send\"}")).contains("no policy");
    Files.writeString(
        root.resolve("policy.yaml"),
        """
        governor: 1
        id: mail
        rules:
          - {id: ACME-101, tool: mail.send, when: {arg: /to, equals: x}, effect: deny, mode: enforce}
        """);

    assertThat(call("governor_check", "{\"tool\": \"mail.send\", \"arguments\": {\"to\": \"x\"}}"))
        .contains("\"deny\"")
        .contains("ACME-101")
        .contains("\"enforced\": true");
    assertThat(call("governor_check", "{\"tool\": \"mail.send\"}")).contains("\"allow\"");
    assertThat(root.resolve("traces")).doesNotExist();
  }

  @Test
  void whatIsReturnedPassesTheRedactor() {
    record("someone@example.com", "claude-code");

    assertThat(call("governor_list_sessions", "{}"))
        .contains("[REDACTED:email_address]")
        .doesNotContain("someone@");
  }

  @Test
  void anIntentIsRecordedAsInferredInTheOnlyFreshSession() {
    record(MINE, "claude-code");

    assertThat(call("governor_declare_intent", DECLARE)).contains(MINE).contains("inferred");

    assertThat(call("governor_get_session", session(MINE)))
        .contains("\"stated_objective\": \"Sort the mail\"")
        .contains("\"intent_confidence\": \"inferred_low\"");
  }

  @Test
  void whatWasJudgedBeforeTheIntentIsNotJudgedAgain() {
    record(MINE, "claude-code");
    String before = call("governor_violations", session(MINE));

    call("governor_declare_intent", DECLARE);

    assertThat(call("governor_violations", session(MINE))).isEqualTo(before);
  }

  @Test
  void anIntentIsRefusedWhereItIsNotCertainWhoseItIs() throws IOException {
    assertThat(call("governor_declare_intent", DECLARE)).startsWith("Not recorded");
    record(MINE, "claude-code");
    record(OTHER, "claude-code");
    assertThat(call("governor_declare_intent", DECLARE)).startsWith("Not recorded: it is not cer");

    env = Map.of("GOVERNOR_TTY", "", "CLAUDE_CODE_SESSION_ID", MINE);
    appended(MINE, Instant.now().minusSeconds(30));
    assertThat(call("governor_declare_intent", DECLARE)).startsWith("Not recorded: another");

    appended(MINE, Instant.now().plusSeconds(30));
    assertThat(call("governor_declare_intent", DECLARE)).contains(MINE);

    appended(MINE, Instant.now().minusSeconds(91));
    assertThat(call("governor_declare_intent", DECLARE)).startsWith("Not recorded: the host's");
  }

  @Test
  void anIntentIsRefusedWhereTheSessionBelongsToARunningProcess() {
    record(MINE, "langchain4j");

    assertThat(call("governor_declare_intent", DECLARE)).startsWith("Not recorded: only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"objective\": \"Sort\"}",
        "{\"objective\": \" \", \"systems\": [\"mail\"]}",
        "{\"objective\": \"Sort\", \"systems\": []}",
        "{\"objective\": \"Sort\", \"systems\": [\"\"]}",
        "{\"objective\": 7, \"systems\": [\"mail\"]}",
      })
  void anIntentNeedsAnObjectiveAndSystems(String arguments) {
    record(MINE, "claude-code");

    assertThat(call("governor_declare_intent", arguments)).contains(": expected ");
    assertThat(call("governor_get_session", session(MINE))).doesNotContain("inferred");
  }

  private void appended(String id, Instant time) throws IOException {
    Path file = root.resolve("traces").resolve("claude-code").resolve(id + ".jsonl");
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private void record(String id, String surface) {
    try (Governor governor =
            Governor.builder().stateRoot(root).agent(Agent.named("agent-1")).build();
        GovernedSession session =
            governor.session().id(id).origin(Origin.HOOK).surface(surface).shared().open()) {
      ToolCall call = ToolCall.of("mail.send", ToolArguments.ofJson("{\"to\":\"x\"}"));
      session.after(session.before(call).call(), ToolResult.ofText("sent"));
    }
  }

  private String call(String tool, String arguments) {
    String answer =
        served(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                + tool
                + "\",\"arguments\":"
                + arguments
                + "}}");
    try {
      Map<?, ?> message = (Map<?, ?>) StrictJson.parse(answer, StrictJson.Limits.HOOK);
      Map<?, ?> result = (Map<?, ?>) message.get("result");
      List<?> content = new ArrayList<>((List<?>) result.get("content"));
      return String.valueOf(((Map<?, ?>) content.get(0)).get("text"));
    } catch (JsonProblem e) {
      throw new IllegalStateException(answer, e);
    }
  }

  private String served(String line) {
    Cli.Result result =
        Cli.at(root)
            .env(env)
            .stdin(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)))
            .run("mcp", "serve");
    assertThat(result.exitCode()).isZero();
    return result.out().strip();
  }
}
