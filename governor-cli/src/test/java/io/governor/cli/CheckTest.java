package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.cli.Cli.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class CheckTest {

  @TempDir Path root;
  private Path policy;

  @BeforeEach
  void writePolicy() throws IOException {
    policy =
        Files.writeString(
            root.resolve("p.yaml"),
            """
            governor: 1
            id: p
            agents: [{agent: support-*, allow: [mail.send]}]
            rules:
              - {id: ACME-101, tool: mail.send, when: {arg: /to, contains: evil}, effect: deny}
              - {id: ACME-102, tool: "*", when: {detect: secret, in: [arguments, result]}, effect: redact, mode: enforce}
              - {id: ACME-103, tool: refund, limit: {calls: 2, within: PT1H}, effect: ask}
              - {id: ACME-104, tool: night, when: {time: {zone: UTC, days: [MON-SUN], from: "22:00", to: "06:00"}}, effect: warn}
              - {id: ACME-105, tool: hooked, when: {origin: hook}, effect: warn}
            """);
  }

  private Result check(String lines) {
    return check(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
  }

  private Result check(InputStream in) {
    return Cli.at(root).stdin(in).run("check", "--policy", policy.toString(), "--jsonl");
  }

  @Test
  void what_a_rule_does_to_the_rest_of_a_session_is_told_and_not_kept() throws IOException {
    Files.writeString(
        policy,
        """
        governor: 1
        id: p
        mode: enforce
        rules:
          - {id: ACME-101, tool: web, effect: warn, contract: mail.*}
          - {id: ACME-102, tool: leak, effect: warn, pause: true}
        """);
    Result result =
        check(
            """
            {"id": 1, "tool": "mail.send", "session": "s"}
            {"id": 2, "tool": "web", "session": "s"}
            {"id": 3, "tool": "mail.send", "session": "s"}
            {"id": 4, "tool": "mail.send", "session": "t"}
            {"id": 5, "tool": "leak", "session": "t"}
            {"id": 6, "tool": "crm.read", "session": "t"}
            """);

    assertThat(result.out())
        .containsSubsequence(
            "\"verdict\": \"allow\"",
            "ACME-101",
            "GOV-007",
            "\"verdict\": \"allow\"",
            "ACME-102",
            "GOV-005");
    assertThat(root.resolve("paused")).doesNotExist();
  }

  /** Lines and their answers; an answer in brackets is what is wrong with the line. */
  @ParameterizedTest
  @CsvFileSource(resources = "check-lines.tsv", delimiter = '\t', quoteCharacter = '`')
  void each_line_has_its_answer(String name, String line, String answer) {
    Result result = check(line.replace("{CR}", "\r").replace("{BOM}", "\ufeff"));

    if (answer.startsWith("(")) {
      String reason = answer.substring(1, answer.length() - 1);
      assertThat(result.err()).as(name).isEqualTo("governor: line 1: " + reason + "\n");
      assertThat(result.out()).isEmpty();
      assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    } else {
      assertThat(result.out()).as(name).isEqualTo(answer + "\n");
      boolean allowed = answer.contains("\"verdict\": \"allow\"");
      assertThat(result.exitCode()).isEqualTo(allowed ? ExitCode.DONE : ExitCode.FOUND);
    }
  }

  @Test
  void sessions_are_remembered_across_lines_and_each_has_limits_of_its_own() {
    String refund = "{\"id\": %d, \"tool\": \"refund\", \"session\": \"%s\"}\n";
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      lines.append(refund.formatted(i, "a")).append(refund.formatted(10 + i, "b"));
      lines.append("{\"id\": 20, \"tool\": \"refund\"}\n");
    }

    Result result = check(lines.toString());

    assertThat(result.out().lines().filter(line -> line.contains("ask")))
        .allMatch(line -> line.startsWith("{\"id\": 2,") || line.startsWith("{\"id\": 12,"))
        .hasSize(2);
  }

  @Test
  void times_of_the_lines_decide_when_a_limit_is_over() {
    String refund =
        "{\"id\": 1, \"tool\": \"refund\", \"session\": \"a\", \"time\": \"2026-04-14T%s:00Z\"}\n";

    Result result =
        check(
            refund.formatted("10:00")
                + refund.formatted("10:10")
                + refund.formatted("10:20")
                + refund.formatted("11:30"));

    assertThat(result.out().lines().map(line -> line.contains("ask")))
        .containsExactly(false, false, true, false);
  }

  @Test
  void agents_of_one_session_are_judged_each_by_its_own_lists() {
    String line = "{\"id\": 1, \"tool\": \"crm\", \"session\": \"s\", \"agent\": \"%s\"}\n";

    Result result = check(line.formatted("other") + line.formatted("support-1"));

    assertThat(result.out().lines().map(each -> each.contains("GOV-001")))
        .containsExactly(false, true);
  }

  @Test
  void a_bad_line_costs_that_line_and_the_exit_code() {
    Result result =
        check(
            "\n  \r\n{\"id\": 1, \"tool\": \"a\"}\nnonsense\n{\"id\": \"2\", \"tool\": \"mail.send\","
                + " \"arguments\": {\"to\": \"x@evil.example\"}}");

    assertThat(result.out())
        .isEqualTo(
            """
            {"id": 1, "verdict": "allow", "enforced": false, "rules": [], "detections": [], "risk": 0}
            {"id": "2", "verdict": "deny", "enforced": false, "rules": ["ACME-101"], "detections": [], "risk": 0}
            """);
    assertThat(result.err()).isEqualTo("governor: line 4: column 1: expected a JSON object\n");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void what_is_wrong_with_a_line_is_said_without_its_values() {
    Result result = check("{\"id\": 1, \"tool\": \"a\", \"time\": \"hunter2\"}\n{\"hunter2\"}\n");

    assertThat(result.err()).hasLineCount(2).doesNotContain("hunter2");
  }

  @Test
  void a_line_that_is_too_long_is_passed_over() {
    String fill = "x".repeat(InputLines.MAX_LINE);

    Result result =
        check("{\"id\": 1, \"tool\": \"" + fill + "\"}\n{\"id\": 2, \"tool\": \"a\"}\n");

    assertThat(result.err()).isEqualTo("governor: line 1: longer than 8388608 bytes\n");
    assertThat(result.out()).startsWith("{\"id\": 2, ").hasLineCount(1);
  }

  @Test
  void depth_has_an_answer_and_no_effect_on_us() {
    String deep = "[".repeat(1_000_000) + "]".repeat(1_000_000);

    Result result =
        check(
            "{\"id\": 1, \"tool\": \"a\", \"arguments\": {\"x\": %s}}\n".formatted(deep)
                + "{\"id\": 2, \"tool\": \"a\", \"result\": %s}\n".formatted(deep)
                + "{\"id\": 3, \"tool\": \"a\", \"arguments\": {\"x\": %s}\n"
                    .formatted(deep.substring(1)));

    assertThat(result.out().lines().map(line -> line.contains("GOV-004")))
        .containsExactly(true, false);
    assertThat(result.err()).contains("governor: line 3: ");
  }

  @Test
  void bytes_that_are_no_text_are_a_bad_line() {
    byte[] bytes = "{\"id\": 1, \"tool\": \"?\"}".getBytes(StandardCharsets.ISO_8859_1);
    bytes[19] = (byte) 0xff;

    assertThat(check(new ByteArrayInputStream(bytes)).err())
        .isEqualTo("governor: line 1: not valid UTF-8\n");
  }

  @Test
  void without_a_policy_the_starter_policy_for_coding_agents_applies() {
    String line =
        "{\"id\": 1, \"tool\": \"Bash\", \"arguments\": {\"command\": \"git reset --hard\"}}";

    Result result =
        Cli.at(root)
            .stdin(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)))
            .run("check", "--jsonl");

    assertThat(result.out()).contains("\"CODE-101\"");
  }

  @Test
  void nothing_more_is_judged_when_nobody_reads_the_answers() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    byte[] line = "{\"id\": 1, \"tool\": \"a\"}\n".getBytes(StandardCharsets.UTF_8);

    int exitCode =
        GovernorCommand.run(
            new String[] {"check", "--policy", policy.toString(), "--jsonl"},
            new Endless(line),
            new PrintStream(gone, false, StandardCharsets.UTF_8),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            root,
            Map.of());

    assertThat(exitCode).isEqualTo(ExitCode.LOCAL_IO);
  }

  /** The same line for ever. */
  @SuppressWarnings("InputStreamSlowMultibyteRead") // as fast as it needs to be
  private static final class Endless extends InputStream {
    private final byte[] line;
    private int at;

    Endless(byte[] line) {
      this.line = line;
    }

    @Override
    public int read() {
      return line[at++ % line.length];
    }
  }

  @Test
  void nothing_is_recorded() throws IOException {
    check("{\"id\": 1, \"tool\": \"a\"}\n");

    try (var files = Files.list(root)) {
      assertThat(files.toList()).containsExactly(policy);
    }
  }

  @Test
  void an_answer_comes_before_the_next_line_is_asked_for() throws Exception {
    BlockingQueue<String> answers = new ArrayBlockingQueue<>(10);
    PipedOutputStream typed = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(typed);
    Thread command =
        new Thread(
            () ->
                GovernorCommand.run(
                    new String[] {"check", "--policy", policy.toString(), "--jsonl"},
                    in,
                    new PrintStream(new Answers(answers), false, StandardCharsets.UTF_8),
                    new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                    root,
                    Map.of()));
    command.start();

    typed.write("{\"id\": 1, \"tool\": \"a\"}\n".getBytes(StandardCharsets.UTF_8));
    typed.flush();
    String first = answers.poll(Duration.ofSeconds(60).toMillis(), TimeUnit.MILLISECONDS);
    typed.close();
    command.join(60_000);

    assertThat(first).startsWith("{\"id\": 1, ");
  }

  /** Hands on each piece that is written. */
  private static final class Answers extends OutputStream {
    private final BlockingQueue<String> queue;

    Answers(BlockingQueue<String> queue) {
      this.queue = queue;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      if (length > 0) {
        queue.add(new String(bytes, from, length, StandardCharsets.UTF_8));
      }
    }
  }
}
