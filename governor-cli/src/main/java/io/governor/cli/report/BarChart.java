package io.governor.cli.report;

import java.util.List;
import java.util.Locale;

/** One bar of parts, as wide as its share of the longest, in inline SVG. Stateless. */
final class BarChart {

  /**
   * A part of a bar.
   *
   * @param style the class that gives it its colour
   * @param count how long it is
   * @param told what it says when pointed at
   */
  record Part(String style, long count, String told) {}

  private static final int WIDTH = 400;
  private static final int HEIGHT = 14;

  private BarChart() {}

  static void write(List<Part> parts, long longest, Html html) {
    String told = String.join(", ", parts.stream().map(Part::told).toList());
    html.open(
        "svg",
        "class",
        "bar",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        told);
    html.element("title", told);
    double x = 0;
    for (Part part : parts) {
      if (part.count() == 0) {
        continue;
      }
      double width = longest == 0 ? 0 : (double) WIDTH * part.count() / longest;
      html.open(
              "rect",
              "class",
              part.style(),
              "x",
              at(x),
              "y",
              "0",
              "width",
              at(width),
              "height",
              "" + HEIGHT)
          .close("rect");
      x += width;
    }
    html.close("svg");
  }

  private static String at(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
