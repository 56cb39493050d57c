package io.governor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.ReferenceData;
import io.governor.event.TraceEvent;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table "Analyses" of the reference data, and its raw view. */
class ReferenceTracesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "burn_rate_mixed_violations.jsonl      | 6840 | 1800 | 26.3 | true  |"
            + " POL-001=1800 POL-002=1800 POL-003=2160 POL-004=2880 POL-005=2880",
        "showcase_v026_mixed_violations.jsonl  | 4800 | 1680 | 35.0 | false |"
            + " POL-001=1680 POL-003=2400 POL-005=720",
      })
  void tokensFallOnTheRulesOfTheTable(
      String file, long total, long undeclared, double percent, boolean declared, String rules)
      throws IOException {
    Pulse pulse = Pulse.of(events(file), 0);

    BurnRate burn = pulse.burnRate();
    assertThat(pulse.status()).isEqualTo(Pulse.Status.OK);
    assertThat(burn.status()).isEqualTo(AnalysisStatus.OK);
    assertThat(burn.totalTokens()).isEqualTo(total);
    assertThat(burn.violationAssociatedTokens()).isEqualTo(total);
    assertThat(burn.violationFiringTurns()).isEqualTo(3);
    assertThat(
            burn.byRule().stream()
                .map(row -> row.rule().id() + "=" + row.tokenCost())
                .collect(Collectors.joining(" ")))
        .isEqualTo(rules);
    UndeclaredIntent intent = pulse.undeclaredIntent();
    assertThat(intent.status()).isEqualTo(AnalysisStatus.OK);
    assertThat(intent.undeclaredTokens()).isEqualTo(undeclared);
    assertThat(intent.undeclaredPercent()).isEqualTo(percent);
    assertThat(intent.sessionHasDeclaredIntent()).isEqualTo(declared);
    assertThat(intent.undeclaredTurns())
        .extracting(UndeclaredIntent.UndeclaredTurn::turnId)
        .containsExactly("turn-1");
  }

  @ParameterizedTest
  @CsvSource({"golden_trace_flow_a.json", "golden_trace_flow_b.json"})
  void theFlowsHaveNoTurns(String file) throws IOException {
    Pulse pulse = Pulse.of(events(file), 0);

    assertThat(pulse.status()).isEqualTo(Pulse.Status.NO_SIGNAL);
    assertThat(pulse.burnRate().status()).isEqualTo(AnalysisStatus.NO_TURNS);
    assertThat(pulse.undeclaredIntent().status()).isEqualTo(AnalysisStatus.NO_TURNS);
  }

  @Test
  void theSecondFlowIsShownLineByLineButForTheAnnouncement() throws IOException {
    List<String> expected =
        new ArrayList<>(
            Files.readAllLines(ReferenceData.file("execution-record/cli_flow_b_output.txt")));
    removeBlankEnd(expected);
    expected.remove(expected.size() - 1);
    removeBlankEnd(expected);

    List<String> shown =
        RawView.of(events("golden_trace_flow_b.json")).stream().map(RawView.Line::text).toList();

    assertThat(shown).containsExactlyElementsOf(expected);
  }

  private static void removeBlankEnd(List<String> lines) {
    while (lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
  }

  private static List<TraceEvent> events(String file) throws IOException {
    List<TraceEvent> events = new ArrayList<>();
    TraceReader.read(
        TraceSource.of(ReferenceData.file("execution-record/" + file)),
        (event, at) -> events.add(event));
    return events;
  }
}
