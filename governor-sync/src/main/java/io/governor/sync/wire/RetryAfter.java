package io.governor.sync.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How long a server asks to wait: the header {@code Retry-After} (RFC 9110, section 10.2.3), in
 * seconds or as a date. What is neither, or stands there twice, is no wish. Immutable; safe to
 * share between threads.
 *
 * @param asked zero when there is no wish; at most one second more than a day
 */
record RetryAfter(Duration asked) {

  static final RetryAfter NONE = new RetryAfter(Duration.ZERO);

  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration ABSURD = LONGEST.plusSeconds(1);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,100}");

  static RetryAfter of(List<String> values, Instant now) {
    if (values.size() != 1) {
      return NONE;
    }
    String text = values.get(0).strip();
    return SECONDS.matcher(text).matches() ? ofSeconds(text) : ofDate(text, now);
  }

  private static RetryAfter ofSeconds(String digits) {
    // More digits than any wait that is heeded; also more than a long holds.
    return digits.length() > 9
        ? new RetryAfter(ABSURD)
        : bounded(Duration.ofSeconds(Long.parseLong(digits)));
  }

  private static RetryAfter ofDate(String text, Instant now) {
    try {
      DateTimeFormatter form = DateTimeFormatter.RFC_1123_DATE_TIME;
      return bounded(Duration.between(now, ZonedDateTime.parse(text, form).toInstant()));
    } catch (DateTimeException | ArithmeticException e) {
      return NONE;
    }
  }

  private static RetryAfter bounded(Duration wait) {
    if (wait.isNegative()) {
      return NONE;
    }
    return new RetryAfter(wait.compareTo(LONGEST) > 0 ? ABSURD : wait);
  }

  /** For people; empty when there is no wish. */
  String told() {
    if (asked.isZero()) {
      return "";
    }
    return asked.compareTo(LONGEST) > 0
        ? "; it asks to wait for more than a day, which is not heeded"
        : "; it asks to wait " + asked.plusMillis(999).toSeconds() + " s";
  }
}
