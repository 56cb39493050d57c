package io.governor.sync.count;

import static io.governor.sync.Events.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.crypt.KeyFile;
import io.governor.crypt.Sealing;
import io.governor.json.JsonWriter;
import io.governor.sync.CountReport;
import io.governor.sync.RuleCounts;
import io.governor.sync.SyncException;
import io.governor.sync.TraceCounter;
import io.governor.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted traces count as the plain ones that they are the encrypted form of. */
class EncryptedCountTest {

  private static final SliceCounter COUNTER = new SliceCounter(RuleCounts.zero(List.of()));

  /** Larger than what is cut into ranges that are read side by side. */
  private static final int MANY = 24_000;

  @TempDir Path folder;

  /** The lines as a writer has them that switches encryption on before some of them. */
  private byte[] file(List<String> lines, int plain) throws IOException {
    JsonWriter file = new JsonWriter(1 << 16);
    for (String line : lines.subList(0, plain)) {
      file.raw(line.getBytes(StandardCharsets.UTF_8)).raw('\n');
    }
    Sealing sealing = Sealing.plain(KeyFile.in(folder), true);
    for (String line : lines.subList(plain, lines.size())) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      JsonWriter block = new JsonWriter(1024);
      sealing.seal(bytes, bytes.length, file.length(), block);
      file.raw(block.buffer(), block.length());
    }
    return file.toByteArray();
  }

  private static List<String> lines(int count) {
    String[] lines = new String[count];
    for (int i = 0; i < count; i++) {
      lines[i] = line("e" + i, i % 3 == 0 ? "POL-001" : "POL-002");
    }
    return Arrays.asList(lines);
  }

  private CountReport count(Path... files) throws SyncException {
    return TraceCounter.ofStandardRules().count(Arrays.stream(files).map(TraceSource::of).toList());
  }

  @Test
  void whole_files_compressed_ones_and_streams_count_as_their_text() throws Exception {
    List<String> lines = lines(40);
    Path plain = Files.writeString(folder.resolve("plain.jsonl"), String.join("\n", lines) + "\n");
    CountReport expected = count(plain);
    for (int switched : List.of(0, 1, 39, 40)) {
      byte[] bytes = file(lines, switched);
      Path encrypted = Files.write(folder.resolve("encrypted.jsonl"), bytes);
      Path zipped = Files.write(folder.resolve("zipped.jsonl.gz"), gzip(bytes));
      TraceSource stream =
          TraceSource.of("stdin", new ByteArrayInputStream(bytes), KeyFile.in(folder));

      assertThat(count(encrypted)).isEqualTo(expected);
      assertThat(count(zipped)).isEqualTo(expected);
      assertThat(TraceCounter.ofStandardRules().count(List.of(stream))).isEqualTo(expected);
      assertThat(count(plain, encrypted, zipped).counts()).isEqualTo(expected.counts());
    }
  }

  @Test
  void slices_are_slices_of_the_text() throws Exception {
    List<String> lines = lines(6);
    String text = String.join("\n", lines) + "\n";
    Path plain = Files.writeString(folder.resolve("plain.jsonl"), text);
    for (int switched : List.of(0, 3)) {
      Path encrypted = Files.write(folder.resolve("e.jsonl"), file(lines, switched));
      for (int cut = 0; cut <= text.length(); cut += 7) {
        for (TraceSlice slice :
            List.of(
                new TraceSlice(plain, 0, cut, EventTimes.ALL),
                new TraceSlice(plain, cut, TraceSlice.END, EventTimes.ALL))) {
          SliceCount expected = COUNTER.count(List.of(slice));

          SliceCount found =
              COUNTER.count(
                  List.of(new TraceSlice(encrypted, slice.from(), slice.to(), EventTimes.ALL)));

          assertThat(found.consumed()).isEqualTo(expected.consumed());
          assertThat(found.report().counts()).isEqualTo(expected.report().counts());
          assertThat(found.report().torn()).isEqualTo(expected.report().torn());
        }
      }
    }
  }

  @Test
  void a_large_file_is_not_cut_where_its_text_is_elsewhere() throws Exception {
    List<String> lines = lines(MANY);
    Path plain = Files.writeString(folder.resolve("plain.jsonl"), String.join("\n", lines) + "\n");
    CountReport expected = count(plain);
    assertThat(Files.size(plain)).isGreaterThan(9 << 20);

    Path mixed = Files.write(folder.resolve("mixed.jsonl"), file(lines, MANY - 2));

    assertThat(count(mixed)).isEqualTo(expected);
  }

  @Test
  void a_file_without_its_key_is_told_and_never_counts_fewer_silently() throws Exception {
    List<String> lines = lines(8);
    Path traces = Files.createDirectories(folder.resolve("traces"));
    Path mixed = Files.write(traces.resolve("mixed.jsonl"), file(lines, 4));
    Path whole = Files.write(traces.resolve("whole.jsonl"), file(lines, 0));
    Files.writeString(traces.resolve("plain.jsonl"), line("other", "POL-003") + "\n");
    Files.delete(folder.resolve(KeyFile.NAME));

    for (Path file : List.of(mixed, whole)) {
      assertThatThrownBy(() -> count(file))
          .isInstanceOf(SyncException.class)
          .hasMessageContaining(file + ": it is encrypted");
    }
    CountReport report = count(traces);
    assertThat(report.unreadable()).isEqualTo(2);
    assertThat(report.problems()).hasSize(2).allMatch(each -> each.contains("it is encrypted"));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
