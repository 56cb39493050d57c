package io.governor.sync;

import static io.governor.sync.Events.line;
import static io.governor.sync.Events.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.RuleId;
import io.governor.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while they are counted, and files in other wrappings. */
class ChangingFilesTest {

  private static final int LINES = 6_000;
  private static final RuleId RULE = RuleId.of("POL-001");

  private interface Change {
    void apply(Path file) throws IOException;
  }

  @TempDir Path folder;

  private Path first;
  private Path second;

  @BeforeEach
  void write() {
    first = trace(folder.resolve("a.jsonl"), lines("a", LINES));
    second = trace(folder.resolve("b.jsonl"), lines("b", LINES));
  }

  @Test
  void a_file_that_vanishes_is_reported_and_passed_over() throws SyncException {
    CountReport report = countWhile(Files::delete);

    assertThat(report.counts().of(RULE)).isEqualTo(LINES);
    assertThat(report.unreadable()).isEqualTo(1);
    assertThat(report.problems()).containsExactly(second + ": no such file or directory");
  }

  @Test
  void a_file_that_is_truncated_counts_with_what_is_left() throws SyncException {
    CountReport report =
        countWhile(
            file -> {
              try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(Files.size(file) / 2 - 100);
              }
            });

    assertThat(report.counts().of(RULE)).isBetween(LINES * 3L / 2 - 2, LINES * 3L / 2);
    assertThat(report.torn()).isEqualTo(1);
  }

  @Test
  void a_file_that_grows_counts_as_it_was_found_when_it_was_opened() throws SyncException {
    CountReport report =
        countWhile(file -> Files.write(file, lines("c", 10), StandardOpenOption.APPEND));

    assertThat(report.counts().of(RULE)).isEqualTo(2 * LINES + 10);
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void a_large_file_that_is_truncated_while_it_is_read_breaks_nothing()
      throws SyncException, IOException {
    List<String> lines = lines("large", 40_000);
    Files.delete(first);
    trace(second, lines);
    assertThat(Files.size(second)).isGreaterThan(14 << 20);

    CountReport report =
        countWhile(
            file -> {
              try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(1 << 20);
              }
            });

    assertThat(report.counts().of(RULE)).isBetween(2_000L, 39_999L);
    assertThat(report.problems()).last().asString().endsWith("it became shorter");
    assertThat(report.unreadable()).isEqualTo(1);
  }

  @Test
  void gzip_files_are_read_wherever_they_come_from() throws SyncException, IOException {
    byte[] zipped = zipped(lines("z", 100));
    Files.write(folder.resolve("c.jsonl.gz"), zipped);
    Files.write(folder.resolve("d.jsonl"), zipped(lines("y", 10)));
    Files.write(folder.resolve("e.gz"), zipped);

    CountReport ofFolder = count(TraceSource.of(folder));
    CountReport ofStream = count(TraceSource.of("stdin", new ByteArrayInputStream(zipped)));
    CountReport ofFile = count(TraceSource.of(folder.resolve("e.gz")));

    assertThat(ofFolder.counts().of(RULE)).isEqualTo(2 * LINES + 110);
    assertThat(ofStream.counts().of(RULE)).isEqualTo(100);
    assertThat(ofFile.counts().of(RULE)).isEqualTo(100);
    assertThat(ofFolder.problems()).isEmpty();
  }

  @Test
  void a_gzip_stream_may_hold_an_array_and_several_parts() throws SyncException, IOException {
    byte[] array = zipped(List.of("[", line("e1", "POL-001") + ",", line("e2", "POL-001"), "]"));
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    parts.write(zipped(lines("p", 5)));
    parts.write(zipped(lines("q", 5)));

    assertThat(count(TraceSource.of("stdin", new ByteArrayInputStream(array))).events())
        .isEqualTo(2);
    assertThat(count(TraceSource.of("stdin", new Dripping(parts.toByteArray()))).events())
        .isEqualTo(10);
  }

  @Test
  void a_listener_that_throws_ends_the_count() {
    TraceCounter counter =
        TraceCounter.ofStandardRules()
            .reportingTo(
                (read, total) -> {
                  throw new IllegalStateException("enough");
                });

    assertThatThrownBy(() -> counter.count(List.of(TraceSource.of(folder))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
  }

  /** Gives one byte at a time and says that nothing is available, as a slow pipe does. */
  private static final class Dripping extends ByteArrayInputStream {

    Dripping(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(1, length));
    }

    @Override
    public synchronized int available() {
      return 0;
    }
  }

  /** Changes the second file when the first bytes have been read. */
  private CountReport countWhile(Change change) throws SyncException {
    boolean[] done = {false};
    return TraceCounter.ofStandardRules()
        .reportingTo(
            (read, total) -> {
              if (!done[0]) {
                done[0] = true;
                apply(change);
              }
            })
        .count(List.of(TraceSource.of(folder)));
  }

  private void apply(Change change) {
    try {
      change.apply(second);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CountReport count(TraceSource source) throws SyncException {
    return TraceCounter.ofStandardRules().count(List.of(source));
  }

  private static List<String> lines(String prefix, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(line(prefix + i, "POL-001"));
    }
    return lines;
  }

  private static byte[] zipped(List<String> lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(out)) {
      for (String line : lines) {
        zip.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }
}
