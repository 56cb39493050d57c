package io.governor.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.event.EventDecoder;
import io.governor.event.MalformedEventException;
import io.governor.event.ReferenceData;
import io.governor.event.TraceEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class TraceReaderTest {

  @TempDir Path folder;

  /** {@code A} stands for an event with that id, {@code ~} for nothing. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "sources.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1,
      ignoreLeadingAndTrailingWhitespace = true)
  void linesAndArraysAreRead(String what, String content, String ids, int malformed, int torn)
      throws IOException {
    byte[] bytes = bytes(content);
    Path file = Files.write(folder.resolve("t.jsonl"), bytes);

    for (TraceSource source :
        List.of(TraceSource.of(file), TraceSource.of("stdin", new ByteArrayInputStream(bytes)))) {
      List<String> found = new ArrayList<>();
      ReadReport report =
          TraceReader.read(
              source,
              (event, at) -> {
                found.add(event.eventId() + "@" + at.line());
                assertThat(at(bytes, at)).isEqualTo(event);
                return true;
              });
      List<String> heads = new ArrayList<>();

      assertThat(String.join(" ", found)).as("%s of %s", what, source).isEqualTo(ids);
      assertThat(report.malformed()).isEqualTo(malformed);
      assertThat(report.torn()).isEqualTo(torn);
      assertThat(report.events()).isEqualTo(found.size());
      TraceReader.heads(
          TraceSource.of(file), (head, at) -> heads.add(head.eventId() + "@" + at.line()));
      assertThat(heads).isEqualTo(found);
    }
  }

  @Test
  void problemsSayWhereAndWhy() throws IOException {
    Path file = write("t.jsonl", "{\"event_type\": \"X\"}\n\n{}\nsecret\n{\"event_type\": ");

    ReadReport report = TraceReader.read(TraceSource.of(file), (event, at) -> true);

    assertThat(report.problems())
        .extracting(ReadProblem::toString)
        .containsExactly(
            file + ":3: no event_type",
            file + ":4: not JSON: wrong near character 1",
            file + ":5: torn last line");
  }

  @Test
  void theFirstTwentyMalformedLinesOfASourceAreNamedAndTheRestCounted() throws IOException {
    write("a.jsonl", "{}\n".repeat(22));
    write("b.jsonl", "{}\n".repeat(21));
    write("c.jsonl", "{}\n".repeat(20));

    ReadReport report = TraceReader.read(TraceSource.of(folder), (event, at) -> true);

    assertThat(report.malformed()).isEqualTo(63);
    assertThat(report.problems()).hasSize(62);
    assertThat(report.problems().get(20))
        .hasToString(folder.resolve("a.jsonl") + ": 2 more malformed lines, 22 in all");
    assertThat(report.problems().get(41))
        .hasToString(folder.resolve("b.jsonl") + ": 1 more malformed line, 21 in all");
  }

  @Test
  void reportsAddUp() {
    ReadProblem first = new ReadProblem("a", 1, "x");
    ReadProblem second = new ReadProblem("b", 0, "y");

    ReadReport sum =
        new ReadReport(1, 2, 3, 4, List.of(first))
            .plus(new ReadReport(10, 20, 30, 40, List.of(second)));

    assertThat(sum).isEqualTo(new ReadReport(11, 22, 33, 44, List.of(first, second)));
    assertThat(sum.plus(ReadReport.EMPTY)).isEqualTo(sum);
  }

  @ParameterizedTest
  @CsvSource({
    // length of the line, its line end; read or not
    "16777216, \\n,   true",
    "16777216, \\r\\n, true",
    "16777217, \\n,   false",
    "16777217, \\r\\n, false",
    "40000000, \\n,   false",
  })
  void aLineOfSixteenMebibytesIsReadAndALongerOneSkipped(int length, String end, boolean read)
      throws IOException {
    String lineEnd = end.replace("\\r", "\r").replace("\\n", "\n");
    String head = "{\"event_type\": \"X\", \"event_id\": \"long\", \"pad\": \"";
    String line = head + "x".repeat(length - head.length() - 2) + "\"}";
    String content = event("A") + "\n" + line + lineEnd + event("B") + "\n";
    List<String> ids = new ArrayList<>();

    ReadReport report =
        TraceReader.read(
            TraceSource.of("stdin", new ByteArrayInputStream(content.getBytes(UTF_8))),
            (event, at) -> ids.add(event.eventId() + "@" + at.line()));

    assertThat(ids).isEqualTo(read ? List.of("A@1", "long@2", "B@3") : List.of("A@1", "B@3"));
    assertThat(report.problems())
        .isEqualTo(read ? List.of() : List.of(new ReadProblem("stdin", 2, "longer than 16 MiB")));
  }

  @Test
  void anItemOfAnArrayThatIsTooLongIsSkipped() throws IOException {
    String item = "{\"event_type\": \"X\", \"pad\": \"" + "x".repeat(17 << 20) + "\"}";
    Path file = write("t.jsonl", "[" + event("A") + ",\n" + item + ",\n" + event("B") + "]");
    List<String> ids = new ArrayList<>();

    ReadReport report =
        TraceReader.read(TraceSource.of(file), (event, at) -> ids.add(event.eventId()));

    assertThat(ids).containsExactly("A", "B");
    assertThat(report.problems())
        .containsExactly(new ReadProblem(file.toString(), 2, "longer than 16 MiB"));
  }

  @Test
  void aVisitorEndsTheReading() throws IOException {
    InputStream endless = new EndlessTrace(Long.MAX_VALUE);
    write("a.jsonl", event("A") + "\n" + event("B") + "\n");
    write("b.jsonl", event("C") + "\n");

    ReadReport ofStream = TraceReader.heads(TraceSource.of("stdin", endless), (head, at) -> false);
    ReadReport ofFolder = TraceReader.read(TraceSource.of(folder), (event, at) -> false);

    assertThat(ofStream.events()).isEqualTo(1);
    assertThat(ofFolder.events()).isEqualTo(1);
  }

  @Test
  void aStreamStaysOpen() throws IOException {
    InputStream in =
        new ByteArrayInputStream((event("A") + "\n").getBytes(UTF_8)) {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };

    assertThat(TraceReader.read(TraceSource.of("stdin", in), (event, at) -> true).events())
        .isEqualTo(1);
  }

  @Test
  void aStreamThatBreaksOffIsAnErrorThatNamesIt() {
    InputStream broken = new Breaking((event("A") + "\n").getBytes(UTF_8));
    List<String> ids = new ArrayList<>();

    assertThatThrownBy(
            () ->
                TraceReader.read(
                    TraceSource.of("stdin", broken), (event, at) -> ids.add(event.eventId())))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot read stdin: line dropped");
    assertThat(ids).containsExactly("A");
  }

  @Test
  void aMissingFileIsAnErrorThatNamesIt() {
    Path missing = folder.resolve("missing.jsonl");

    assertThatThrownBy(() -> TraceReader.read(TraceSource.of(missing), (event, at) -> true))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot read " + missing + ": no such file or directory");
  }

  @Test
  void theReferenceTracesHaveTheirViolations() throws IOException {
    Path data = ReferenceData.file("execution-record");

    assertThat(violations(data.resolve("golden_trace_flow_a.json"))).isEqualTo("5: {}");
    assertThat(violations(data.resolve("golden_trace_flow_b.json")))
        .isEqualTo("6: {POL-001=1, POL-002=1, POL-003=1, POL-004=1, POL-005=1}");
    assertThat(violations(data.resolve("burn_rate_mixed_violations.jsonl")))
        .isEqualTo("8: {POL-001=1, POL-002=1, POL-003=1, POL-004=1, POL-005=1}");
    assertThat(violations(data.resolve("showcase_v026_mixed_violations.jsonl")))
        .isEqualTo("7: {POL-001=1, POL-003=1, POL-005=1}");
    assertThat(violations(data.resolve("claude_code_transcript_session_basic.jsonl")))
        .isEqualTo("0: {}");
  }

  private static String violations(Path file) throws IOException {
    TreeMap<String, Integer> counts = new TreeMap<>();
    ReadReport report =
        TraceReader.heads(
            TraceSource.of(file),
            (head, at) -> {
              head.violations().forEach(rule -> counts.merge(rule, 1, Integer::sum));
              return true;
            });
    return report.events() + ": " + counts;
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static String event(String id) {
    return "{\"event_type\": \"X\", \"event_id\": \"" + id + "\"}";
  }

  private static TraceEvent at(byte[] bytes, Position at) {
    try {
      return EventDecoder.decode(bytes, Math.toIntExact(at.byteOffset()), at.byteLength());
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
  }

  /** Expands the notation of {@code sources.csv}. */
  private static byte[] bytes(String content) {
    if (content == null) {
      return new byte[0];
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      text.append(
          switch (c) {
            case 'A', 'B', 'C' -> event(String.valueOf(c));
            case 'P' -> "{\n  \"event_type\": \"X\",\n  \"event_id\": \"P, ]\\\"}\"\n}";
            case '$' -> "\n";
            case '%' -> "\r";
            case '_' -> " ";
            case '>' -> "\t";
            case '^' -> "\ufeff";
            default -> c;
          });
    }
    return text.toString().getBytes(UTF_8);
  }

  /** Gives its bytes and then an error. */
  private static final class Breaking extends InputStream {
    private final ByteArrayInputStream in;

    Breaking(byte[] bytes) {
      this.in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = in.read(target, offset, length);
      if (count < 0) {
        throw new IOException("line dropped");
      }
      return count;
    }
  }
}
