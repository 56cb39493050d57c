package io.governor.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Instants as people read them, in UTC wherever the command runs. Stateless. */
final class Times {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  static String toMinute(@Nullable Instant instant) {
    return instant == null ? "-" : MINUTE.format(instant);
  }

  static String toSecond(@Nullable Instant instant) {
    return instant == null ? "-" : SECOND.format(instant);
  }

  /** RFC 3339, or null. */
  static @Nullable String json(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
