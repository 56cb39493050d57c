package io.governor.cli.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often rules fired, step by step through time, in UTC. Steps are hours, days, weeks or months,
 * so that there are at most about 130 of them in ten years; those without a violation are there
 * too, with nothing in them. Immutable.
 *
 * @param unit how long a step is
 * @param steps without a gap, earliest first
 */
public record Timeline(Unit unit, List<Step> steps) {

  public Timeline {
    steps = List.copyOf(steps);
  }

  /** How long a step is. */
  public enum Unit {
    HOUR(Duration.ofDays(3)),
    DAY(Duration.ofDays(120)),
    WEEK(Duration.ofDays(800)),
    MONTH(Duration.ofDays(366L * 10_000));

    private final Duration longest;

    Unit(Duration longest) {
      this.longest = longest;
    }

    static Unit forSpan(Duration span) {
      for (Unit unit : values()) {
        if (span.compareTo(unit.longest) <= 0) {
          return unit;
        }
      }
      return MONTH;
    }

    LocalDateTime floor(LocalDateTime time) {
      LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
      return switch (this) {
        case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
        case DAY -> day;
        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> day.withDayOfMonth(1);
      };
    }

    LocalDateTime next(LocalDateTime step) {
      return switch (this) {
        case HOUR -> step.plusHours(1);
        case DAY -> step.plusDays(1);
        case WEEK -> step.plusWeeks(1);
        case MONTH -> step.plusMonths(1);
      };
    }
  }

  /** One step: when it begins, and how often each rule fired in it. */
  public record Step(LocalDateTime start, Map<String, Long> byRule) {
    public Step {
      byRule = Map.copyOf(byRule);
    }

    /** All occurrences of the step. */
    public long total() {
      return byRule.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Beyond so many steps the gaps stay out: a clock that was wrong by a century is no chart. */
  private static final int MOST_STEPS = 2_000;

  /**
   * Puts counts by hour into steps.
   *
   * @param byHour occurrences by rule in each hour that has any event at all
   */
  static Timeline of(SortedMap<Instant, ? extends Map<String, Long>> byHour) {
    if (byHour.isEmpty()) {
      return new Timeline(Unit.HOUR, List.of());
    }
    Unit unit = Unit.forSpan(Duration.between(byHour.firstKey(), byHour.lastKey()));
    TreeMap<LocalDateTime, Map<String, Long>> steps = new TreeMap<>();
    byHour.forEach(
        (hour, counts) -> {
          LocalDateTime step = unit.floor(LocalDateTime.ofInstant(hour, ZoneOffset.UTC));
          Map<String, Long> sum = steps.computeIfAbsent(step, any -> new TreeMap<>());
          counts.forEach((rule, count) -> sum.merge(rule, count, Long::sum));
        });
    return new Timeline(unit, filled(unit, steps));
  }

  private static List<Step> filled(Unit unit, TreeMap<LocalDateTime, Map<String, Long>> steps) {
    List<Step> filled = new ArrayList<>();
    LocalDateTime end = unit.next(steps.lastKey());
    for (LocalDateTime at = steps.firstKey(); at.isBefore(end); at = unit.next(at)) {
      filled.add(new Step(at, steps.getOrDefault(at, Map.of())));
      if (filled.size() > MOST_STEPS) {
        return steps.entrySet().stream()
            .map(step -> new Step(step.getKey(), step.getValue()))
            .toList();
      }
    }
    return filled;
  }
}
