package io.governor.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {

  @ParameterizedTest
  @CsvSource({
    "2026-04-14T09:00:00Z, 2026-04-14T09:00:00Z, HOUR, 1",
    "2026-04-14T09:00:00Z, 2026-04-17T09:00:00Z, HOUR, 73",
    "2026-04-14T09:00:00Z, 2026-04-17T10:00:00Z, DAY, 4",
    "2026-01-01T00:00:00Z, 2026-05-01T00:00:00Z, DAY, 121",
    "2026-01-01T00:00:00Z, 2026-12-31T23:00:00Z, WEEK, 53",
    "2020-01-31T00:00:00Z, 2026-12-31T23:00:00Z, MONTH, 84",
    "0001-01-01T00:00:00Z, 9999-12-31T23:00:00Z, MONTH, 2",
  })
  void stepsFitTheSpanAndLeaveNoGap(String first, String last, Timeline.Unit unit, int steps) {
    TreeMap<Instant, Map<String, Long>> byHour = new TreeMap<>();
    byHour.put(Instant.parse(first), Map.of("POL-001", 2L));
    byHour.merge(Instant.parse(last), Map.of("POL-001", 2L), (one, other) -> Map.of("POL-001", 4L));

    Timeline timeline = Timeline.of(byHour);

    assertThat(timeline.unit()).isEqualTo(unit);
    assertThat(timeline.steps()).hasSize(steps);
    assertThat(timeline.steps().stream().mapToLong(Timeline.Step::total).sum()).isEqualTo(4);
  }

  @Test
  void withoutEventsThereAreNoSteps() {
    assertThat(Timeline.of(new TreeMap<Instant, Map<String, Long>>()).steps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 2",
    "7, 8",
    "9, 10",
    "11, 20",
    "252, 300",
    "9223372036854775807, 9223372036854775807"
  })
  void anAxisEndsWithARoundNumber(long highest, long top) {
    assertThat(TimelineChart.niceTop(highest)).isEqualTo(top);
  }
}
