package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWindowTest {

  @ParameterizedTest
  @CsvFileSource(resources = "windows-accepted.csv", numLinesToSkip = 1)
  void reads_what_a_window_may_be_written_as(String text, Instant start, Instant end)
      throws SyncException {
    assertThat(TimeWindow.parse(text)).isEqualTo(new TimeWindow(start, end));
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "windows-refused.csv",
      numLinesToSkip = 1,
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false)
  void refuses_everything_else_and_says_why_and_what_would_do(String given, String reason) {
    String text = given == null ? "" : given;

    SyncException refusal = catchThrowableOfType(SyncException.class, () -> TimeWindow.parse(text));

    assertThat(refusal).as(text).isNotNull();
    assertThat(refusal.kind()).isEqualTo(SyncException.Kind.INPUT);
    assertThat(refusal)
        .hasMessage(
            "not a time window: \""
                + text.replaceAll("[^ -~]", "?")
                + "\": "
                + reason
                + "; write START..END in RFC 3339, such as"
                + " 2026-04-14T00:00:00Z..2026-04-15T00:00:00Z (the end is exclusive), or a day"
                + " such as 2026-04-14, or a month such as 2026-04");
  }

  @Test
  void quotes_no_more_than_a_line_of_what_it_refuses() {
    String text = "x".repeat(10_000);

    assertThatThrownBy(() -> TimeWindow.parse(text))
        .hasMessageContaining("\"" + "x".repeat(80) + "…\"")
        .message()
        .hasSizeLessThan(400);
  }

  @Test
  void holds_its_start_and_not_its_end() {
    TimeWindow window =
        new TimeWindow(
            Instant.parse("2026-04-14T00:00:00Z"), Instant.parse("2026-04-15T00:00:00Z"));

    assertThat(window.contains(window.start())).isTrue();
    assertThat(window.contains(window.start().minusNanos(1))).isFalse();
    assertThat(window.contains(window.end().minusNanos(1))).isTrue();
    assertThat(window.contains(window.end())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-04-14T00:00:00Z..2026-04-14T23:59:59Z",
        "2026-04-14T00:00:00Z..2026-04-15T01:59:59+02:00"
      })
  void remarks_that_the_last_second_is_outside(String text) throws SyncException {
    TimeWindow window = TimeWindow.parse(text);

    assertThat(window.note())
        .hasValue(
            "the window ends just before "
                + window.end()
                + ", so the last second before 2026-04-15T00:00:00Z is outside; to include it, end"
                + " the window at 2026-04-15T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-04-14", "2026-04", "2026-04-14T00:00:59Z..2026-04-14T00:01:00Z"})
  void has_no_remark_on_other_windows(String text) throws SyncException {
    assertThat(TimeWindow.parse(text).note()).isEmpty();
  }

  @Test
  void its_own_text_is_read_back_as_the_same_window() throws SyncException {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 5_000; i++) {
      TimeWindow window = window(random);

      assertThat(TimeWindow.parse(window.toString())).isEqualTo(window);
    }
  }

  @Test
  void windows_that_touch_tile_time_so_that_every_instant_is_in_exactly_one() {
    SplittableRandom random = Seeds.random();
    for (int round = 0; round < 200; round++) {
      List<TimeWindow> tiles = tiles(random);
      TimeWindow whole = new TimeWindow(tiles.get(0).start(), tiles.get(tiles.size() - 1).end());

      for (Instant instant : interesting(tiles, random)) {
        long inside = tiles.stream().filter(tile -> tile.contains(instant)).count();

        assertThat(inside)
            .as("%s in %s", instant, tiles)
            .isEqualTo(whole.contains(instant) ? 1 : 0);
      }
    }
  }

  @Test
  void the_days_of_a_month_tile_the_month() throws SyncException {
    TimeWindow month = TimeWindow.parse("2028-02");
    Instant at = month.start();

    for (int day = 1; day <= 29; day++) {
      TimeWindow window = TimeWindow.parse("2028-02-%02d".formatted(day));
      assertThat(window.start()).isEqualTo(at);
      at = window.end();
    }

    assertThat(at).isEqualTo(month.end());
  }

  private static List<TimeWindow> tiles(SplittableRandom random) {
    TreeSet<Instant> bounds = new TreeSet<>();
    while (bounds.size() < 6) {
      bounds.add(instant(random, 1_800_000_000L, 60));
    }
    List<Instant> cuts = List.copyOf(bounds);
    List<TimeWindow> tiles = new ArrayList<>();
    for (int i = 1; i < cuts.size(); i++) {
      tiles.add(new TimeWindow(cuts.get(i - 1), cuts.get(i)));
    }
    return tiles;
  }

  private static List<Instant> interesting(List<TimeWindow> tiles, SplittableRandom random) {
    List<Instant> instants = new ArrayList<>();
    for (TimeWindow tile : tiles) {
      for (Instant bound : List.of(tile.start(), tile.end())) {
        instants.addAll(List.of(bound.minusNanos(1), bound, bound.plusNanos(1)));
      }
      instants.add(instant(random, 1_800_000_000L, 60));
    }
    return instants;
  }

  private static TimeWindow window(SplittableRandom random) {
    Instant a = second(random);
    Instant b = second(random);
    return a.isBefore(b) ? new TimeWindow(a, b) : new TimeWindow(b, a.plusSeconds(1));
  }

  private static Instant second(SplittableRandom random) {
    return TimeWindow.FIRST.plusSeconds(random.nextLong(10_000L * 365 * 86_400));
  }

  private static Instant instant(SplittableRandom random, long from, long seconds) {
    int[] steps = {1, 1_000, 1_000_000, 1_000_000_000};
    int nanos = random.nextInt(1_000_000_000);
    return Instant.ofEpochSecond(
        from + random.nextLong(seconds), nanos - nanos % steps[random.nextInt(4)]);
  }
}
