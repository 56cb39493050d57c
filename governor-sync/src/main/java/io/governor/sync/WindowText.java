package io.governor.sync;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the text of a {@link TimeWindow}. Stateless. */
final class WindowText {

  private static final String ACCEPTED =
      "write START..END in RFC 3339, such as 2026-04-14T00:00:00Z..2026-04-15T00:00:00Z (the end is"
          + " exclusive), or a day such as 2026-04-14, or a month such as 2026-04";

  private static final int LONGEST_QUOTE = 80;

  private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern INSTANT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");
  private static final Pattern NO_OFFSET = Pattern.compile(".*[Tt][0-9:.]+");

  private WindowText() {}

  static TimeWindow parse(String text) throws SyncException {
    try {
      int dots = text.indexOf("..");
      if (dots >= 0) {
        return new TimeWindow(
            instant("start", text.substring(0, dots)), instant("end", text.substring(dots + 2)));
      }
      if (DAY.matcher(text).matches()) {
        return day(text);
      }
      if (MONTH.matcher(text).matches()) {
        return month(text);
      }
    } catch (IllegalArgumentException e) {
      throw refusal(text, String.valueOf(e.getMessage()));
    }
    String single = INSTANT.matcher(text).matches() ? "it is one instant and needs two" : null;
    throw refusal(text, single == null ? "it has none of the forms of a window" : single);
  }

  private static TimeWindow day(String text) {
    LocalDate day;
    try {
      day = LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no such day", e);
    }
    return new TimeWindow(midnight(day), midnight(day.plusDays(1)));
  }

  private static TimeWindow month(String text) {
    YearMonth month;
    try {
      month = YearMonth.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no such month", e);
    }
    return new TimeWindow(midnight(month.atDay(1)), midnight(month.plusMonths(1).atDay(1)));
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Instant instant(String which, String text) {
    if (!INSTANT.matcher(text).matches()) {
      throw new IllegalArgumentException("its " + which + " " + whatIsWrong(text));
    }
    Instant instant;
    try {
      instant = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("its " + which + " is no date and time that exists", e);
    }
    if (!TimeWindow.isWholeSecond(instant)) {
      throw new IllegalArgumentException(
          "its " + which + " has a fraction of a second, and windows are of whole seconds");
    }
    return instant;
  }

  private static String whatIsWrong(String text) {
    if (text.isEmpty()) {
      return "is missing";
    }
    if (DAY.matcher(text).matches() || MONTH.matcher(text).matches()) {
      return "needs a time of day, such as T00:00:00Z";
    }
    return NO_OFFSET.matcher(text).matches()
        ? "needs hours, minutes, seconds and a Z or an offset, such as T00:00:00Z"
        : "is no RFC 3339 instant";
  }

  private static SyncException refusal(String text, String reason) {
    return SyncException.input(
        "not a time window: \"" + quoted(text) + "\": " + reason + "; " + ACCEPTED);
  }

  /** What was written, fit for one line of a terminal. */
  private static String quoted(String text) {
    String printable = text.replaceAll("[^ -~]", "?");
    return printable.length() <= LONGEST_QUOTE
        ? printable
        : printable.substring(0, LONGEST_QUOTE) + "…";
  }
}
