package io.governor.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-04-14T10:00:00Z,               2026-04-14T10:00:00Z",
    "2026-04-14T10:00:00.1Z,             2026-04-14T10:00:00.1Z",
    "2026-04-14T10:00:00.123Z,           2026-04-14T10:00:00.123Z",
    "2026-04-14T10:00:00.123456Z,        2026-04-14T10:00:00.123456Z",
    "2026-04-14T10:00:00.123456789Z,     2026-04-14T10:00:00.123456789Z",
    "2026-04-14t10:00:00z,               2026-04-14T10:00:00Z",
    "2026-04-14T10:00:00+00:00,          2026-04-14T10:00:00Z",
    "2026-04-14T10:00:00-00:00,          2026-04-14T10:00:00Z",
    "2026-04-14T10:00:00.5+02:00,        2026-04-14T08:00:00.5Z",
    "2026-04-14T10:00:00-05:30,          2026-04-14T15:30:00Z",
    "2026-04-14T10:00:00+0200,           2026-04-14T08:00:00Z",
    "2026-04-14T10:00:00+02,             2026-04-14T08:00:00Z",
    "2026-04-14T00:30:00+23:59,          2026-04-13T00:31:00Z",
    "2024-02-29T23:59:59.999Z,           2024-02-29T23:59:59.999Z",
    "0000-01-01T00:00:00Z,               0000-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999Z,           1969-12-31T23:59:59.999Z",
    "9999-12-31T23:59:59.999999999Z,     9999-12-31T23:59:59.999999999Z",
  })
  void anInstantIsReadWithAnyFractionAndOffset(String text, Instant instant) {
    assertThat(Timestamps.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-04-14",
        "2026-04-14T10:00:00",
        "2026-04-14T10:00Z",
        "2026-04-14 10:00:00Z",
        "2026-04-14T10:00:00.Z",
        "2026-04-14T10:00:00.1234567890Z",
        "2026-04-14T10:00:00,5Z",
        "2026-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-00-01T10:00:00Z",
        "2026-04-00T10:00:00Z",
        "2026-04-14T24:00:00Z",
        "2026-04-14T10:60:00Z",
        "2026-04-14T10:00:60Z",
        "2026-04-14T10:00:00ZZ",
        "2026-04-14T10:00:00Z ",
        " 2026-04-14T10:00:00Z",
        "2026-04-14T10:00:00+24:00",
        "2026-04-14T10:00:00+02:60",
        "2026-04-14T10:00:00+2:00",
        "2026-04-14T10:00:00+02:0",
        "2026-04-14T10:00:00+02:00:00",
        "2026-04-14T10:00:00+",
        "+2026-04-14T10:00:00Z",
        "-026-04-14T10:00:00Z",
        "2026-04-14T10:00:00[UTC]",
        "２026-04-14T10:00:00Z",
      })
  void anythingElseIsNoTime(String text) {
    assertThat(Timestamps.parse(text)).isNull();
  }

  @Test
  void theJdkReadsTheSameInstants() {
    long seed = RandomEvents.seed();
    SplittableRandom random = new SplittableRandom(seed);

    for (int i = 0; i < 20_000; i++) {
      OffsetDateTime time =
          Instant.ofEpochSecond(
                  random.nextLong(-62_000_000_000L, 253_000_000_000L),
                  random.nextInt(1_000_000_000))
              .atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-1080, 1081) * 60));
      String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);

      assertThat(Timestamps.parse(text)).as("%s, seed %d", text, seed).isEqualTo(time.toInstant());
    }
  }
}
