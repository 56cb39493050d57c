package io.governor.cli.report;

import io.governor.cli.report.Timeline.Step;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rules over time as stacked columns, in inline SVG. The most frequent rules have a colour each,
 * the others share one; every column says its numbers when pointed at. Stateless.
 */
final class TimelineChart {

  /** So many rules have a colour of their own. */
  private static final int COLOURS = 6;

  private static final int WIDTH = 960;
  private static final int HEIGHT = 220;
  private static final int LEFT = 56;
  private static final int BOTTOM = 26;
  private static final int TOP = 10;
  private static final int LABELS = 8;
  private static final int HALF_A_LABEL = 36;
  private static final int WIDEST = 48;
  private static final long[] STEPS = {1, 2, 3, 4, 5, 6, 8};

  private TimelineChart() {}

  static void write(Timeline timeline, List<String> rules, Html html) {
    List<String> named = rules.subList(0, Math.min(COLOURS, rules.size()));
    long highest = timeline.steps().stream().mapToLong(Step::total).max().orElse(0);
    if (highest == 0) {
      html.element("p", "No rule fired in this time.", "class", "none").line();
      return;
    }
    legend(named, rules.size() > named.size(), html);
    long top = niceTop(highest);
    html.own("<div class=\"wide\">");
    html.open(
        "svg",
        "class",
        "timeline",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "role",
        "img",
        "aria-label",
        "Occurrences of rules over time, "
            + told(timeline)
            + ". Which rules fired how often stands in the next table.");
    grid(top, html);
    double slot = (double) (WIDTH - LEFT) / timeline.steps().size();
    for (int i = 0; i < timeline.steps().size(); i++) {
      column(timeline, i, slot, top, named, html);
    }
    labels(timeline, slot, html);
    html.close("svg").close("div").line();
  }

  private static void legend(List<String> named, boolean more, Html html) {
    html.open("p", "class", "legend");
    for (int i = 0; i < named.size(); i++) {
      html.open("span").open("i", "class", "c" + i).close("i").text(named.get(i)).close("span");
    }
    if (more) {
      html.open("span").open("i", "class", "c" + COLOURS).close("i").text("others").close("span");
    }
    html.close("p").line();
  }

  /** The next number with one digit and zeros that halves or stands alone on an axis. */
  static long niceTop(long highest) {
    long unit = 1;
    while (unit <= Long.MAX_VALUE / 10) {
      for (long step : STEPS) {
        if (step * unit >= highest) {
          return step * unit;
        }
      }
      unit *= 10;
    }
    return highest;
  }

  private static void grid(long top, Html html) {
    for (int part = 0; part <= 2; part++) {
      if (part == 1 && top % 2 != 0) {
        continue;
      }
      double y = y(top * part / 2, top);
      html.open(
              "line", "class", "grid", "x1", "" + LEFT, "x2", "" + WIDTH, "y1", at(y), "y2", at(y))
          .close("line");
      html.element(
          "text",
          Numbers.grouped(top * part / 2),
          "x",
          "" + (LEFT - 6),
          "y",
          at(y + 4),
          "text-anchor",
          "end");
    }
  }

  private static void column(
      Timeline timeline, int index, double slot, long top, List<String> named, Html html) {
    Step step = timeline.steps().get(index);
    if (step.total() == 0) {
      return;
    }
    double width = Math.min(WIDEST, Math.max(1, slot * 0.8));
    double x = LEFT + slot * index + (slot - width) / 2;
    html.open("g").element("title", told(timeline.unit(), step));
    long below = 0;
    for (int colour = 0; colour <= named.size(); colour++) {
      long count =
          colour < named.size()
              ? step.byRule().getOrDefault(named.get(colour), 0L)
              : step.total() - below;
      if (count > 0) {
        double upper = y(below + count, top);
        html.open(
                "rect",
                "class",
                "c" + (colour < named.size() ? colour : COLOURS),
                "x",
                at(x),
                "y",
                at(upper),
                "width",
                at(width),
                "height",
                at(y(below, top) - upper))
            .close("rect");
        below += count;
      }
    }
    html.close("g");
  }

  private static String told(Timeline timeline) {
    List<Step> steps = timeline.steps();
    String from = label(timeline.unit(), steps.get(0).start());
    return from + " to " + label(timeline.unit(), steps.get(steps.size() - 1).start());
  }

  private static String told(Timeline.Unit unit, Step step) {
    List<String> parts = new ArrayList<>();
    step.byRule().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> parts.add(entry.getKey() + " " + Numbers.grouped(entry.getValue())));
    return label(unit, step.start()) + ": " + String.join(", ", parts);
  }

  private static void labels(Timeline timeline, double slot, Html html) {
    int size = timeline.steps().size();
    int every = Math.max(1, (size + LABELS - 1) / LABELS);
    for (int i = 0; i < size; i += every) {
      double middle = LEFT + slot * (i + 0.5);
      if (middle <= WIDTH - HALF_A_LABEL) {
        String label = label(timeline.unit(), timeline.steps().get(i).start());
        html.element(
            "text", label, "x", at(middle), "y", "" + (HEIGHT - 6), "text-anchor", "middle");
      }
    }
  }

  static String label(Timeline.Unit unit, LocalDateTime start) {
    String pattern =
        switch (unit) {
          case HOUR -> "MM-dd HH:mm";
          case DAY, WEEK -> "uuuu-MM-dd";
          case MONTH -> "uuuu-MM";
        };
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(start);
  }

  private static double y(long count, long top) {
    return HEIGHT - BOTTOM - (double) (HEIGHT - BOTTOM - TOP) * count / top;
  }

  private static String at(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
