package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of local time: overnight, on their days, and where clocks are changed. */
class TimeWindowTest {

  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  @ParameterizedTest
  @CsvSource({
    // Berlin is UTC+2 in May; 2026-05-04 is a Monday.
    "08:00, 18:00, 2026-05-04T06:00:00Z, true",
    "08:00, 18:00, 2026-05-04T05:59:59.999Z, false",
    "08:00, 18:00, 2026-05-04T15:59:59.999Z, true",
    "08:00, 18:00, 2026-05-04T16:00:00Z, false",
    "08:00, 18:00, 2026-05-09T10:00:00Z, false",
    // Over midnight: Friday's night lasts into Saturday, Sunday's is nobody's.
    "22:00, 06:00, 2026-05-08T20:00:00Z, true",
    "22:00, 06:00, 2026-05-09T03:59:00Z, true",
    "22:00, 06:00, 2026-05-09T04:00:00Z, false",
    "22:00, 06:00, 2026-05-09T21:00:00Z, false",
    "22:00, 06:00, 2026-05-11T01:00:00Z, false",
    "22:00, 06:00, 2026-05-11T21:00:00Z, true",
    // Equal times are the whole day, from that time on.
    "00:00, 00:00, 2026-05-04T10:00:00Z, true",
    "00:00, 00:00, 2026-05-10T10:00:00Z, false",
  })
  void berlinsWorkdays(LocalTime from, LocalTime to, Instant time, boolean expected) {
    assertThat(isIn(WORKDAYS, from, to, time)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // 2026-03-29: 02:00 to 03:00 does not exist in Berlin; 01:59:59 is followed by 03:00:00.
    "02:00, 03:00, 2026-03-29T00:59:59Z, false",
    "02:00, 03:00, 2026-03-29T01:00:00Z, false",
    "01:00, 03:30, 2026-03-29T01:29:00Z, true",
    // 2026-10-25: 02:00 to 03:00 happens twice, and both belong to the window.
    "02:00, 03:00, 2026-10-25T00:30:00Z, true",
    "02:00, 03:00, 2026-10-25T01:30:00Z, true",
    "02:00, 03:00, 2026-10-25T02:00:00Z, false",
    "02:00, 03:00, 2026-10-24T23:59:00Z, false",
  })
  void clocksThatAreChanged(LocalTime from, LocalTime to, Instant time, boolean expected) {
    assertThat(isIn(EnumSet.allOf(DayOfWeek.class), from, to, time)).isEqualTo(expected);
  }

  private static boolean isIn(Set<DayOfWeek> days, LocalTime from, LocalTime to, Instant time) {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    return ConditionCompiler.isIn(new Condition.Time(berlin, days, from, to), time.atZone(berlin));
  }
}
