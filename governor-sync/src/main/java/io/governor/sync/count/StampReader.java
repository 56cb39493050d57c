package io.governor.sync.count;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Year;

/**
 * Reads a {@code timestamp_utc} of the form that is written, {@code YYYY-MM-DDTHH:MM:SS.mmmZ}. Most
 * events are of the same minute as the one before, so that is kept. Confined to one thread.
 */
final class StampReader {

  /** With both quotes. */
  static final int LENGTH = 26;

  private static final int SECONDS_PER_DAY = 86_400;
  private static final byte[] FORM =
      "dddd-dd-ddTdd:dd:dd.dddZ\"".getBytes(StandardCharsets.US_ASCII);

  private long firstWord;
  private long secondWord;
  private long minute;

  private long second;
  private int nano;

  /** Reads the stamp whose opening quote was just stepped over; false for any other form. */
  boolean read(byte[] a, int p) {
    if (!hasForm(a, p) || !minute(a, p)) {
      return false;
    }
    int seconds = two(a, p + 17);
    second = minute + seconds;
    nano = ((a[p + 20] - '0') * 100 + two(a, p + 21)) * 1_000_000;
    return seconds < 60;
  }

  long second() {
    return second;
  }

  int nano() {
    return nano;
  }

  private static boolean hasForm(byte[] a, int p) {
    for (int i = 0; i < FORM.length; i++) {
      byte b = a[p + i];
      if (FORM[i] == 'd' ? b < '0' || b > '9' : b != FORM[i]) {
        return false;
      }
    }
    return true;
  }

  /** Makes {@link #minute} the one that the first 16 bytes name; false when there is none. */
  private boolean minute(byte[] a, int p) {
    long first = JsonBytes.word(a, p);
    long next = JsonBytes.word(a, p + 8);
    if (first == firstWord && next == secondWord) {
      return true;
    }
    int year = two(a, p) * 100 + two(a, p + 2);
    int month = two(a, p + 5);
    int day = two(a, p + 8);
    int hour = two(a, p + 11);
    int inHour = two(a, p + 14);
    if (month < 1 || month > 12 || day < 1 || day > days(year, month) || hour > 23 || inHour > 59) {
      return false;
    }
    long midnight = LocalDate.of(year, month, day).toEpochDay() * SECONDS_PER_DAY;
    minute = midnight + hour * 3600L + inHour * 60L;
    firstWord = first;
    secondWord = next;
    return true;
  }

  private static int days(int year, int month) {
    return switch (month) {
      case 2 -> Year.isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static int two(byte[] a, int p) {
    return (a[p] - '0') * 10 + a[p + 1] - '0';
  }
}
