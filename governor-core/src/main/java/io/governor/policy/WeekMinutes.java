package io.governor.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether there is a moment in several windows and outside of others. Windows are the same every
 * week by the clocks of their zone; those of zones whose clocks differ by a rule are not compared.
 */
final class WeekMinutes {

  private static final int DAY = 24 * 60;
  private static final int WEEK = 7 * DAY;

  private final Map<ZoneRules, BitSet> left = new HashMap<>();

  /** Whether no moment is left. */
  static boolean isEmpty(List<Literal> together) {
    WeekMinutes weeks = new WeekMinutes();
    for (Literal literal : together) {
      if (literal.atom() instanceof Condition.Time window && isOfMinutes(window)) {
        weeks.take(window, literal.wanted());
      }
    }
    for (BitSet week : weeks.left.values()) {
      if (week.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfMinutes(Condition.Time window) {
    return isMinute(window.from()) && isMinute(window.to());
  }

  private static boolean isMinute(LocalTime time) {
    return time.getSecond() == 0 && time.getNano() == 0;
  }

  private void take(Condition.Time window, boolean wanted) {
    ZoneRules rules = window.zone().getRules();
    int seconds = rules.isFixedOffset() ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : 0;
    boolean fixed = rules.isFixedOffset() && seconds % 60 == 0;
    BitSet minutes = minutes(window, fixed ? seconds / 60 : 0);
    BitSet week = left.computeIfAbsent(fixed ? ZoneOffset.UTC.getRules() : rules, zone -> whole());
    if (wanted) {
      week.and(minutes);
    } else {
      week.andNot(minutes);
    }
  }

  private static BitSet whole() {
    BitSet week = new BitSet(WEEK);
    week.set(0, WEEK);
    return week;
  }

  private static BitSet minutes(Condition.Time window, int ahead) {
    int from = minute(window.from());
    int to = minute(window.to());
    int length = to > from ? to - from : to - from + DAY;
    BitSet minutes = new BitSet(WEEK);
    for (DayOfWeek day : window.days()) {
      int start = Math.floorMod((day.getValue() - 1) * DAY + from - ahead, WEEK);
      minutes.set(start, Math.min(start + length, WEEK));
      minutes.set(0, Math.max(0, start + length - WEEK));
    }
    return minutes;
  }

  private static int minute(LocalTime time) {
    return time.getHour() * 60 + time.getMinute();
  }
}
