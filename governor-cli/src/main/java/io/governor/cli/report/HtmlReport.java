package io.governor.cli.report;

import io.governor.cli.report.Report.Totals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * The page: one HTML file that loads nothing, runs nothing and may do neither, which its content
 * security policy says to every browser. Readable in light and dark and on paper. Stateless.
 */
public final class HtmlReport {

  /** How every page of ours begins. */
  public static final String BEGINNING = "<!DOCTYPE html>\n<!-- governor report -->\n";

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private HtmlReport() {}

  /**
   * Writes the page.
   *
   * @param titles what a rule says, by its id; empty for a rule nobody can tell about
   */
  public static String of(Report report, UnaryOperator<String> titles) {
    Html html = new Html();
    head(html);
    html.open("main").line();
    title(report, html);
    tiles(report, html);
    new RuleSections(report, titles, html).write();
    new CallSections(report, html).write();
    new SessionSections(report, html).write();
    foot(report, html);
    html.close("main").line().own("</body>\n</html>\n");
    return html.toString();
  }

  private static void head(Html html) {
    html.own(BEGINNING).own("<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    html.own("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\"/>\n");
    html.own("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    html.own("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    html.element("title", "Governor report").line();
    html.own("<style>\n").own(style()).own("</style>\n</head>\n<body>\n");
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void title(Report report, Html html) {
    html.open("header").element("h1", "What the agents did").line();
    Totals totals = report.totals();
    String span =
        totals.first() == null
            ? ""
            : ", " + Numbers.minute(totals.first()) + " to " + Numbers.minute(totals.last());
    html.element("p", report.scope() + span).close("header").line();
  }

  private static void tiles(Report report, Html html) {
    Totals totals = report.totals();
    html.open("ul", "class", "tiles").line();
    tile("sessions", totals.sessions(), "", html);
    tile("tool calls", totals.calls(), "", html);
    tile("kept from running", totals.kept(), totals.kept() > 0 ? "strong" : "", html);
    tile("times a rule fired", totals.violations(), "", html);
    tile("events", totals.events(), "", html);
    if (!report.models().isEmpty()) {
      tile("tokens", report.models().stream().mapToLong(ModelUse::tokens).sum(), "", html);
    }
    if (totals.bypassed() > 0) {
      tile("ran although refused", totals.bypassed(), "alarm", html);
    }
    if (totals.lost() > 0) {
      tile("events lost", totals.lost(), "alarm", html);
    }
    html.close("ul").line();
  }

  private static void tile(String what, long number, String style, Html html) {
    html.open("li", "class", style)
        .element("b", Numbers.grouped(number))
        .text(what)
        .close("li")
        .line();
  }

  private static void foot(Report report, Html html) {
    html.open("footer");
    if (report.unreadLines() > 0) {
      html.element(
              "p",
              Numbers.grouped(report.unreadLines())
                  + " lines or files could not be read and are not in this report.")
          .line();
    }
    html.element(
            "p",
            "Made "
                + Numbers.minute(report.made())
                + " by governor report. It holds names, operations, rules, sizes and counts; traces"
                + " hold no arguments and no results. All times are UTC.")
        .close("footer")
        .line();
  }
}
