package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No value of a payload is kept or printed, whatever the payload is like. */
class HookPrivacyTest {

  private static final String CANARY = "CANARY-4711-zwitscher";

  @TempDir Path home;

  @Test
  void noValueOfAPayloadIsKeptOrPrinted() throws IOException {
    String value = HookBench.quoted(CANARY);
    String input =
        "{\"command\": \"cat /x/%1$s && FOO=%1$s ls %1$s > %1$s\", \"%1$s\": [{\"a\": \"%1$s\"}]}"
            .formatted(CANARY);
    Path transcript = home.resolve("transcript.jsonl");
    Files.writeString(
        transcript,
        ("{\"type\": \"assistant\", \"requestId\": \"r1\", \"message\": {\"content\": [{\"type\":"
                + " \"tool_use\", \"id\": \"c\", \"input\": {\"a\": %s}}, {\"type\": \"text\","
                + " \"text\": %s}], \"usage\": {\"input_tokens\": 1}}}\n%s\n")
            .formatted(value, value, CANARY));
    HookBench bench = new HookBench(home.resolve("state"));
    StringBuilder printed = new StringBuilder();

    for (String payload :
        List.of(
            HookBench.before("Bash", input),
            HookBench.after("Bash", input, "call-1", "{\"stdout\": " + value + "}"),
            HookBench.before("Write", input),
            HookBench.before("mcp__notes__add", input),
            HookBench.after("Read", input, "call-2", value),
            HookBench.event(HookBench.SESSION, "UserPromptSubmit", ", \"prompt\": " + value),
            HookBench.event(HookBench.SESSION, "PostToolUseFailure", ", \"error\": " + value),
            HookBench.event(HookBench.SESSION, "Stop", ", \"last_assistant_message\": " + value),
            HookBench.event(HookBench.SESSION, CANARY, ", \"cwd\": " + value),
            HookBench.event(HookBench.SESSION, "PreToolUse", ", \"tool_input\": " + input),
            HookBench.event(HookBench.SESSION, "SessionEnd", "").replace("/nowhere", "/" + CANARY),
            "{\"session_id\": " + value + ", \"a\": tru" + CANARY,
            CANARY,
            "[" + value + "]",
            HookBench.end(transcript))) {
      printed.append(bench.run(payload).stderr());
    }

    assertThat(bench.events()).hasSize(12);
    assertThat(printed.toString()).isNotEmpty().doesNotContain(CANARY);
    for (Path file : bench.files()) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain(CANARY);
    }
  }

  @Test
  void whatCarriesAPayloadShowsSizesOnly() {
    HookPayload payload =
        ClaudeLikePayloads.claudeCode()
            .normalise(
                new Members(
                    Map.of(
                        "session_id",
                        "s",
                        "hook_event_name",
                        "PostToolUse",
                        "tool_name",
                        "Read",
                        "tool_input",
                        Map.of("path", CANARY),
                        "tool_response",
                        CANARY)));

    assertThat(String.valueOf(payload)).doesNotContain(CANARY);
  }
}
