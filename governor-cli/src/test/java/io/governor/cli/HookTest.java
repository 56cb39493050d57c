package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.cli.Cli.Result;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookTest {

  @TempDir Path root;

  private Result hook(String payload) {
    return Cli.at(root)
        .stdin(new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)))
        .run("hook", "claude-code");
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
  void wrongUsageNeverHasTheExitCodeThatRefusesAToolCall() {
    assertThat(Cli.at(root).run("hook").exitCode()).isZero();
    assertThat(Cli.at(root).run("hook", "nobody").exitCode()).isZero();
    assertThat(Cli.at(root).run("hook", "--bogus").exitCode()).isZero();
  }
}
