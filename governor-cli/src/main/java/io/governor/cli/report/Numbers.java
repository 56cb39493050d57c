package io.governor.cli.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and times as people read them, the same in every locale and zone. Stateless. */
final class Numbers {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final BigDecimal SMALL = new BigDecimal("1.00");

  private Numbers() {}

  /** {@code 1,234,567}. */
  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String minute(@Nullable Instant time) {
    return time == null ? "no time" : MINUTE.format(time);
  }

  static String clock(@Nullable Instant time) {
    return time == null ? "no time" : CLOCK.format(time);
  }

  /** The time without its date. */
  static String ofDay(@Nullable Instant time) {
    return time == null ? "no time" : OF_DAY.format(time);
  }

  static @Nullable LocalDate day(@Nullable Instant time) {
    return time == null ? null : LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** Two decimals, or four below one. */
  static String money(BigDecimal amount) {
    int decimals = amount.compareTo(SMALL) < 0 ? 4 : 2;
    return String.format(
        Locale.ROOT, "%,." + decimals + "f", amount.setScale(decimals, RoundingMode.HALF_UP));
  }
}
