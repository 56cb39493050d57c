package io.governor.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the condition {@code time}. Stateless. */
final class TimeReading {

  private static final Map<String, DayOfWeek> DAYS = days();
  private static final String ZONE = "a time zone such as Europe/Berlin or UTC";
  private static final String DAY = "a day such as MON, or days such as MON-FRI";
  private static final String TIME = "a time such as \"08:00\", from \"00:00\" to \"23:59\"";

  private static Map<String, DayOfWeek> days() {
    return KnownNames.by(DayOfWeek.values(), day -> day.name().substring(0, 3));
  }

  @Nullable Condition time(Located value) {
    Fields fields = value.fields(Section.WINDOW);
    if (fields == null) {
      return null;
    }
    Located zoneValue = fields.required("zone", ZONE);
    ZoneId zone = zoneValue == null ? null : zone(zoneValue);
    Set<DayOfWeek> days = fields.read("days", TimeReading::days, EnumSet.allOf(DayOfWeek.class));
    LocalTime from = fields.read("from", TimeReading::clock, LocalTime.MIDNIGHT);
    LocalTime to = fields.read("to", TimeReading::clock, LocalTime.MIDNIGHT);
    return zone == null || days.isEmpty() ? null : new Condition.Time(zone, days, from, to);
  }

  private static @Nullable ZoneId zone(Located value) {
    String text = value.text(ZONE, 64);
    if (text == null) {
      return null;
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      value.refuse("expected " + ZONE + value.meant(text, ZoneId.getAvailableZoneIds()));
      return null;
    }
  }

  private static Set<DayOfWeek> days(Located value) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (Located item : value.oneOrMore(DAY, PolicyBounds.LIST)) {
      String text = item.text(DAY, 16);
      if (text != null) {
        addDays(item, text, days);
      }
    }
    return days;
  }

  private static void addDays(Located item, String text, Set<DayOfWeek> days) {
    int dash = text.indexOf('-');
    String firstWord = dash < 0 ? text : text.substring(0, dash);
    String lastWord = dash < 0 ? text : text.substring(dash + 1);
    DayOfWeek first = DAYS.get(firstWord);
    DayOfWeek last = DAYS.get(lastWord);
    if (first == null || last == null) {
      String wrong = first == null ? firstWord : lastWord;
      item.refuse("expected " + DAY + Words.meant(wrong, DAYS.keySet()));
      return;
    }
    for (DayOfWeek day = first; day != last; day = day.plus(1)) {
      days.add(day);
    }
    days.add(last);
  }

  /** The words of the days, in the order of the week. */
  static Map<DayOfWeek, String> words() {
    Map<DayOfWeek, String> words = new LinkedHashMap<>();
    DAYS.forEach((word, day) -> words.put(day, word));
    return words;
  }

  private static @Nullable LocalTime clock(Located value) {
    String text = value.text(TIME, 16);
    if (text == null) {
      return null;
    }
    if (text.length() == 5) {
      try {
        return LocalTime.parse(text);
      } catch (DateTimeException e) {
        // Said below, together with everything else that is no time.
      }
    }
    value.refuse(
        "expected " + TIME + (text.startsWith("24") ? "; the end of a day is \"00:00\"" : ""));
    return null;
  }
}
