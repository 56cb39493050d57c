package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.cli.Cli.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookTest {

  @TempDir Path root;

  private Result hook(String payload, String... more) {
    String[] command =
        Stream.concat(Stream.of("hook", "claude-code"), Stream.of(more)).toArray(String[]::new);
    return Cli.at(root)
        .stdin(new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)))
        .run(command);
  }

  @Test
  void whatAHookRecordsIsListedAndExplained() {
    Result before =
        hook(
            """
            {"session_id": "5e1f0c2a-0000-4000-8000-000000000001", "hook_event_name": "PreToolUse",
             "tool_name": "Write", "tool_use_id": "t1",
             "tool_input": {"file_path": "/tmp/a.txt", "content": "secret-words"}}
            """);

    Result list = Cli.at(root).run("list");
    Result explained = Cli.at(root).run("explain", "5e1f0c2a");

    assertThat(before.exitCode()).isZero();
    assertThat(before.out()).isEmpty();
    assertThat(before.err()).isEmpty();
    assertThat(list.out()).contains("claude-code-5e");
    assertThat(explained.out()).contains("POL-001").doesNotContain("secret-words");
  }

  @Test
  void whyNothingCanBeAnsweredWithoutADaemonIsSaidInTheAnswerThatTheScriptShows()
      throws IOException {
    Files.writeString(root.resolve("config.yaml"), "hooks: {on_failure: close}\n");

    Result once =
        Cli.at(root).stdin(new ByteArrayInputStream(new byte[0])).run("daemon", "once", "codex");

    assertThat(once.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(once.out()).startsWith("governor-hook/1 -\n").contains("did you mean closed?");
  }

  @Test
  void whatHooksCouldNotDoShowsInStatus() {
    String call =
        """
        {"session_id": "s1", "hook_event_name": "PreToolUse", "tool_name": "%s", "tool_input": {}}
        """;
    hook(call.formatted("Read"));
    hook(call.formatted("t".repeat(70_000)));
    hook("no JSON");
    hook("{\"session_id\": ");

    Result status = Cli.at(root).run("status");
    Result json = Cli.at(root).run("status", "--json");

    assertThat(status.out())
        .contains("2 events could not be recorded, 2 of them in no trace yet\n")
        .containsPattern("Hook failures +2 \\(payload 2\\); the latest 20\\d\\d-");
    assertThat(json.out())
        .contains("\"lost_events\": 0, \"lost_events_in_no_trace_yet\": 2,")
        .contains(
            "\"hook_failures\": {\"total\": 2, \"more\": false, \"by_reason\": {\"payload\": 2}");
  }

  @Test
  void whatAPolicyRefusesIsAnsweredInTheAgentsLanguageAndARefusalThatWasPassedOverShows()
      throws IOException {
    Files.writeString(
        Files.createDirectories(root).resolve("policy.yaml"),
        """
        governor: 1
        id: hooks
        revision: 1
        mode: enforce
        rules:
          - {id: HOOK-101, tool: Bash, when: {command: {destructive: true}}, effect: deny, reason: No.}
        """);
    String call =
        """
        {"session_id": "s1", "hook_event_name": "%s", "tool_name": "Bash", "tool_use_id": "c",
         "tool_input": {"command": "rm -rf /"}, "tool_response": "gone"}
        """;

    Result before = hook(call.formatted("PreToolUse"));
    Result after = hook(call.formatted("PostToolUse"));
    hook(call.formatted("SomethingNew"));

    assertThat(before.exitCode()).isZero();
    assertThat(before.out())
        .isEqualTo(
            "{\"hookSpecificOutput\":{\"hookEventName\":\"PreToolUse\","
                + "\"permissionDecision\":\"deny\",\"permissionDecisionReason\":"
                + "\"Refused by rule HOOK-101. No.\"}}");
    assertThat(after.out()).isEmpty();
    assertThat(Cli.at(root).run("pulse").out())
        .containsPattern("Bypassed +1 refused call ran all the same");
    assertThat(Cli.at(root).run("status").out())
        .containsPattern("Bypassed +1 refused call ran all the same")
        .containsPattern("Hook events +1 \\(SomethingNew 1\\); the latest 20");
    assertThat(Cli.at(root).run("status", "--json").out())
        .contains("\"bypassed_refusals\": 1")
        .contains("\"by_reason\": {\"SomethingNew\": 1}");
  }

  @Test
  void anotherPolicyMayBeNamed() throws IOException {
    Path policy =
        Files.writeString(
            Files.createDirectories(root).resolve("other.yaml"),
            "{governor: 1, id: o, revision: 1, mode: enforce, rules: [{id: HOOK-1, tool: x, effec: deny}]}");

    Result refused = hook("{}", "--policy", policy.toString());

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("other.yaml:1:").contains("effec");
  }

  @Test
  void wrongUsageNeverHasTheExitCodeThatRefusesAToolCall() {
    assertThat(Cli.at(root).run("hook").exitCode()).isZero();
    assertThat(Cli.at(root).run("hook", "nobody").exitCode()).isZero();
    assertThat(Cli.at(root).run("hook", "--bogus").exitCode()).isZero();
  }
}
