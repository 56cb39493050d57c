package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookInputTest {

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \r\n\t \n",
        "{}",
        "{\"hook_event_name\": \"PreToolUse\"}",
        "{\"session_id\": \"s\"}",
        "{\"session_id\": 7, \"hook_event_name\": \"PreToolUse\"}",
        "{\"session_id\": \"s\", \"hook_event_name\": null}",
        "{\"session_id\": [\"s\"], \"hook_event_name\": \"SessionStart\"}",
      })
  void whatNamesNoEventOrSessionLeavesNothing(String payload) {
    HookBench bench = new HookBench(home.resolve("state"));

    HookBench.Outcome outcome = bench.run(payload);

    assertThat(outcome.stderr()).isEmpty();
    assertThat(bench.files()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          hello                                   | not valid JSON
          [1, 2]                                  | expected a JSON object
          "text"                                  | expected a JSON object
          null                                    | expected a JSON object
          {"session_id": "s"                      | line 1, column 19: ends before the document is complete
          {"session_id": "s"} {}                  | more text after the end of the document
          {"session_id": "s", "session_id": "s"}  | a name stands twice in one object
          {"session_id": NaN}                     | not valid JSON
          """)
  void whatIsNoJsonObjectIsNamedAndLeavesNothing(String payload, String reason) {
    HookBench bench = new HookBench(home.resolve("state"));

    HookBench.Outcome outcome = bench.run(payload);

    assertThat(outcome.stderr())
        .startsWith("governor hook claude-code: the payload cannot be read: ")
        .contains(reason);
    assertThat(bench.files()).containsExactly(home.resolve("state").resolve(HookFailures.FILE));
    assertThat(bench.failures().byReason()).containsExactly(Map.entry("payload", 1L));
  }

  @Test
  void randomBytesNeverDisturbTheAgent() {
    SplittableRandom random = Seeds.random();
    byte[] valid =
        HookBench.before("Bash", "{\"command\": \"ls\"}").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = random.nextBoolean() ? noise(random) : damaged(valid, random);
      HookBench bench = new HookBench(home.resolve("state-" + i));

      bench.run(new ByteArrayInputStream(bytes));
    }
  }

  private static byte[] noise(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(byte[] valid, SplittableRandom random) {
    byte[] bytes = Arrays.copyOf(valid, 1 + random.nextInt(valid.length));
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @Test
  void aTextOfTwoHundredMegabytesIsRefusedAndReadToItsEnd() throws IOException {
    String whole = HookBench.before("Write", "{\"content\": \"@\"}");
    int hole = whole.indexOf('@');
    InputStream payload =
        new SequenceInputStream(
            new SequenceInputStream(
                stream(whole.substring(0, hole)), new Repeated('x', 200_000_000L)),
            stream(whole.substring(hole + 1)));
    HookBench bench = new HookBench(home.resolve("state"));

    HookBench.Outcome outcome = bench.run(payload);

    assertThat(outcome.stderr()).contains("the payload cannot be read: line 1, column ");
    assertThat(bench.folder()).doesNotExist();
    assertThat(payload.read()).isEqualTo(-1);
  }

  @Test
  void aDepthOfAHundredThousandIsRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    HookBench bench = new HookBench(home.resolve("state"));

    HookBench.Outcome outcome = bench.run(HookBench.before("Read", deep));

    assertThat(outcome.stderr()).contains("nested deeper than 128 levels");
    assertThat(bench.folder()).doesNotExist();
  }

  @Test
  void anInputThatBreaksOffIsNamed() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("with a secret in it");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("with a secret in it");
          }
        };
    HookBench bench = new HookBench(home.resolve("state"));

    HookBench.Outcome outcome = bench.run(broken);

    assertThat(outcome.stderr())
        .isEqualTo(
            "governor hook claude-code: the payload cannot be read: standard input failed\n");
  }

  @Test
  void aStateRootThatIsAFileCostsTheRecordAndNothingElse() throws IOException {
    Path file = Files.writeString(home.resolve("state"), "mine");
    HookBench bench = new HookBench(file);

    HookBench.Outcome outcome = bench.run(HookBench.before("Write", "{}"));

    assertThat(outcome.stderr())
        .startsWith("governor hook claude-code: events that could not be recorded: 5 (")
        .endsWith("); the agent goes on\n");
    assertThat(file).hasContent("mine");
  }

  @Test
  void aHomeThatCannotBeWrittenCostsTheRecordAndNothingElse() {
    // Refused even to the most powerful user.
    HookBench bench = new HookBench(Path.of("/proc/governor"));

    HookBench.Outcome outcome = bench.run(HookBench.event("SessionStart"));

    assertThat(outcome.stderr()).contains("events that could not be recorded: 2 (");
  }

  @Test
  void whatCouldNotBeRecordedStandsInTheNextEventThatCan() throws IOException {
    HookBench bench = new HookBench(home);
    bench.run(HookBench.event("SessionStart"));
    String longName = "t".repeat(70_000);

    HookBench.Outcome outcome = bench.run(HookBench.before(longName, "{}"));
    HookBench.Outcome again = bench.run(HookBench.before(longName, "{}"));
    bench.run(HookBench.before("Read", "{}"));
    bench.run(HookBench.before("Read", "{}"));

    assertThat(outcome.stderr()).contains("events that could not be recorded: 2 (invalid)");
    assertThat(again.stderr()).isEqualTo(outcome.stderr());
    assertThat(bench.events().stream().map(event -> event.governor().lost().toString()).toList())
        .containsExactly("{}", "{}", "{invalid=4}", "{}", "{}", "{}");
  }

  @Test
  void aTraceThatIsAFolderCostsTheRecordAndNothingElse() throws IOException {
    HookBench bench = new HookBench(home);
    Files.createDirectories(bench.trace());

    HookBench.Outcome outcome = bench.run(HookBench.event("SessionStart"));
    Files.delete(bench.trace());
    bench.run(HookBench.event("SessionStart"));

    assertThat(outcome.stderr()).contains("events that could not be recorded: 2 (io)");
    assertThat(Lines.of(bench.events())).isEqualTo("AGENT_REGISTERED; INTENT_DECLARED");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** One character, often. */
  private static final class Repeated extends InputStream {
    private final char character;
    private long left;

    Repeated(char character, long count) {
      this.character = character;
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? character : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = (int) Math.min(length, left);
      if (count <= 0) {
        return -1;
      }
      Arrays.fill(target, offset, offset + count, (byte) character);
      left -= count;
      return count;
    }
  }
}
