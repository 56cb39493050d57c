package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.governor.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of traces another product wrote, where they lie beside the checkout. */
class ReferenceTracesTest {

  @ParameterizedTest
  @CsvSource({
    "golden_trace_flow_a.json, 5, 0/0/0/0/0",
    "golden_trace_flow_b.json, 6, 1/1/1/1/1",
    "burn_rate_mixed_violations.jsonl, 8, 1/1/1/1/1",
    "showcase_v026_mixed_violations.jsonl, 7, 1/0/1/0/1"
  })
  void counts_are_those_their_source_states(String name, long events, String perRule)
      throws SyncException {
    CountReport report = count(reference(name));

    assertThat(report.counts().byRule().values()).containsExactlyElementsOf(numbers(perRule));
    assertThat(report.events()).isEqualTo(events);
    assertThat(report.unpublished()).isZero();
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void lines_of_a_transcript_are_no_events() throws SyncException {
    CountReport report = count(reference("claude_code_transcript_session_basic.jsonl"));

    assertThat(report.counts()).isEqualTo(RuleCounts.zero(List.of()));
    assertThat(report.malformed()).isEqualTo(7);
    assertThat(report.problems()).hasSize(7);
  }

  @Test
  void together_they_add_up_and_a_copied_one_changes_nothing(@TempDir Path folder)
      throws SyncException, IOException {
    Path flow = reference("golden_trace_flow_b.json");
    Path burn = reference("burn_rate_mixed_violations.jsonl");
    Path showcase = reference("showcase_v026_mixed_violations.jsonl");

    Path copied = Files.copy(flow, folder.resolve("flow"));
    CountReport report =
        count(flow, burn, showcase, copied, Files.copy(burn, folder.resolve("burn")));

    assertThat(report.counts().byRule().values()).containsExactlyElementsOf(numbers("3/2/3/2/3"));
    assertThat(report.duplicates()).isPositive();
  }

  private static CountReport count(Path... files) throws SyncException {
    return TraceCounter.ofStandardRules().count(Stream.of(files).map(TraceSource::of).toList());
  }

  private static List<Long> numbers(String slashed) {
    return Arrays.stream(slashed.split("/")).map(Long::valueOf).toList();
  }

  private static Path reference(String name) {
    Path file = Path.of(System.getProperty("governor.vectors", ""), "execution-record", name);
    assumeTrue(Files.isRegularFile(file), "skipped: no reference traces beside the checkout");
    return file;
  }
}
