package io.governor.event;

import io.governor.json.JsonWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes {@code timestamp_utc} and its like; any thread may. What is read: date, {@code
 * T}, time to the second, no or up to nine fraction digits, and an offset ({@code Z}, {@code
 * +02:00}, {@code +0200} or {@code +02}). Written out rather than left to a formatter, because
 * counting reads one per event, and a formatter takes longer to be made than a hook has time.
 */
public final class Timestamps {

  private static final int SECONDS_END = 19;
  private static final int SECONDS_PER_DAY = 86_400;

  private final String text;
  private int at;

  private Timestamps(String text) {
    this.text = text;
  }

  /**
   * Writes {@code YYYY-MM-DDTHH:MM:SS.mmmZ}, truncated to milliseconds; no formatter, because every
   * event has one; null for none.
   */
  public static void write(@Nullable Instant instant, JsonWriter out) {
    if (instant == null) {
      out.value((String) null);
      return;
    }
    long second = instant.getEpochSecond();
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
    int time = Math.floorMod(second, SECONDS_PER_DAY);
    out.raw('"');
    twoDigits(day.getYear() / 100, out);
    twoDigits(day.getYear() % 100, out);
    twoDigits(day.getMonthValue(), out.raw('-'));
    twoDigits(day.getDayOfMonth(), out.raw('-'));
    twoDigits(time / 3600, out.raw('T'));
    twoDigits(time / 60 % 60, out.raw(':'));
    twoDigits(time % 60, out.raw(':'));
    int millis = instant.getNano() / 1_000_000;
    out.raw('.').raw((char) ('0' + millis / 100));
    twoDigits(millis % 100, out);
    out.raw('Z').raw('"');
  }

  private static void twoDigits(int value, JsonWriter out) {
    out.raw((char) ('0' + value / 10 % 10)).raw((char) ('0' + value % 10));
  }

  /** The instant, or null for anything that is not one: "no time". */
  public static @Nullable Instant parse(String text) {
    if (text.length() <= SECONDS_END || text.length() > 40) {
      return null;
    }
    return new Timestamps(text).parse();
  }

  private @Nullable Instant parse() {
    long day = date();
    long second = day == Long.MIN_VALUE ? -1 : timeOfDay();
    if (second < 0) {
      return null;
    }
    at = SECONDS_END;
    int nanos = fraction();
    int offset = nanos < 0 ? Integer.MIN_VALUE : offsetSeconds();
    if (offset == Integer.MIN_VALUE) {
      return null;
    }
    return Instant.ofEpochSecond(day * SECONDS_PER_DAY + second - offset, nanos);
  }

  private long date() {
    int year = digits(0, 4);
    int month = digits(5, 2);
    int day = digits(8, 2);
    boolean valid =
        is(4, '-')
            && is(7, '-')
            && year >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= Month.of(month).length(isLeap(year));
    return valid ? LocalDate.of(year, month, day).toEpochDay() : Long.MIN_VALUE;
  }

  /** Java's own years and months know formats, which take longer to be made than all of this. */
  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private int timeOfDay() {
    int hour = digits(11, 2);
    int minute = digits(14, 2);
    int second = digits(17, 2);
    boolean valid =
        (is(10, 'T') || is(10, 't'))
            && is(13, ':')
            && is(16, ':')
            && inRange(hour, 23)
            && inRange(minute, 59)
            && inRange(second, 59);
    return valid ? hour * 3600 + minute * 60 + second : -1;
  }

  private int fraction() {
    if (!is(at, '.')) {
      return 0;
    }
    int start = ++at;
    while (at < text.length() && isDigit(at)) {
      at++;
    }
    int count = at - start;
    if (count == 0 || count > 9) {
      return -1;
    }
    int nanos = digits(start, count);
    for (int i = count; i < 9; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private int offsetSeconds() {
    int rest = text.length() - at;
    if (rest == 1 && (is(at, 'Z') || is(at, 'z'))) {
      return 0;
    }
    boolean colon = rest == 6 && is(at + 3, ':');
    if (!(is(at, '+') || is(at, '-')) || !(colon || rest == 5 || rest == 3)) {
      return Integer.MIN_VALUE;
    }
    int hours = digits(at + 1, 2);
    int minutes = rest == 3 ? 0 : digits(text.length() - 2, 2);
    if (!inRange(hours, 23) || !inRange(minutes, 59)) {
      return Integer.MIN_VALUE;
    }
    int seconds = hours * 3600 + minutes * 60;
    return is(at, '-') ? -seconds : seconds;
  }

  private int digits(int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      if (!isDigit(i)) {
        return -1;
      }
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }

  private boolean isDigit(int i) {
    return text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }

  private boolean is(int i, char c) {
    return i < text.length() && text.charAt(i) == c;
  }

  private static boolean inRange(int value, int max) {
    return value >= 0 && value <= max;
  }
}
