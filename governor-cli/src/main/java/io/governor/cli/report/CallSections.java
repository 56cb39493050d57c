package io.governor.cli.report;

import io.governor.cli.report.BarChart.Part;
import io.governor.cli.report.Report.ToolCount;
import io.governor.cli.report.Report.VerdictCount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What was decided, what was called, and what the model turns used. */
final class CallSections {

  private static final int MOST_TOOLS = 25;

  private final Report report;
  private final Html html;

  CallSections(Report report, Html html) {
    this.report = report;
    this.html = html;
  }

  void write() {
    verdicts();
    tools();
    models();
  }

  private void verdicts() {
    html.open("section").element("h2", "Decisions").line();
    long longest = report.verdicts().stream().mapToLong(VerdictCount::events).max().orElse(0);
    if (longest == 0) {
      none(
          "No decision is on record: these traces were not written by Governor, or judge nothing.");
    } else {
      Tables.open(html, "Verdicts", "Verdict", "", ">Calls and results", ">Acted on");
      for (VerdictCount verdict : report.verdicts()) {
        html.open("tr")
            .element("td", verdict.verdict(), "class", "id")
            .open("td", "class", "chart");
        BarChart.write(
            List.of(
                new Part(
                    style(verdict.verdict()),
                    verdict.enforced(),
                    Numbers.grouped(verdict.enforced()) + " acted on"),
                new Part(
                    style(verdict.verdict()) + " faint",
                    verdict.events() - verdict.enforced(),
                    Numbers.grouped(verdict.events() - verdict.enforced()) + " recorded only")),
            longest,
            html);
        html.close("td");
        Tables.number(html, verdict.events());
        Tables.number(html, verdict.enforced());
        html.close("tr").line();
      }
      Tables.close(html);
    }
    html.close("section").line();
  }

  private static String style(String verdict) {
    return switch (verdict) {
      case "allow", "warn", "redact", "ask", "deny" -> verdict;
      default -> "other";
    };
  }

  private void tools() {
    html.open("section").element("h2", "Tools by operation").line();
    if (report.tools().isEmpty()) {
      none("No tool was called.");
    } else {
      legend();
      long longest = report.tools().get(0).calls();
      Tables.open(html, "Tools, the most called first", "Tool", "", ">Calls");
      report.tools().stream().limit(MOST_TOOLS).forEach(tool -> tool(tool, longest));
      Tables.close(html);
      if (report.tools().size() > MOST_TOOLS) {
        none(Numbers.grouped(report.tools().size() - MOST_TOOLS) + " further tools were called.");
      }
    }
    html.close("section").line();
  }

  private void legend() {
    html.open("p", "class", "legend");
    for (String operation : ReportBuilder.OPERATIONS) {
      String word = operation.toLowerCase(Locale.ROOT);
      html.open("span").open("i", "class", word).close("i").text(word).close("span");
    }
    html.close("p").line();
  }

  private void tool(ToolCount tool, long longest) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < ReportBuilder.OPERATIONS.size(); i++) {
      long count = tool.byOperation().get(i);
      String word = ReportBuilder.OPERATIONS.get(i).toLowerCase(Locale.ROOT);
      if (count > 0) {
        parts.add(new Part(word, count, Numbers.grouped(count) + " " + word));
      }
    }
    html.open("tr").element("td", tool.tool(), "class", "id").open("td", "class", "chart");
    BarChart.write(parts, longest, html);
    html.close("td");
    Tables.number(html, tool.calls());
    html.close("tr").line();
  }

  private void models() {
    html.open("section").element("h2", "Tokens").line();
    if (report.models().isEmpty()) {
      none("No model turn told what it used.");
    } else if (report.currency() == null) {
      models("");
      none("Costs are shown when prices are given: governor report --prices FILE.");
    } else {
      models(report.currency());
    }
    html.close("section").line();
  }

  private void models(String currency) {
    boolean priced = !currency.isEmpty();
    List<String> titles =
        new ArrayList<>(
            List.of(
                "Model",
                ">Turns",
                ">Prompt",
                ">Completion",
                ">Cache read",
                ">Cache write",
                ">All"));
    if (priced) {
      titles.add(">" + currency);
    }
    Tables.open(html, "Tokens by model, the most used first", titles.toArray(String[]::new));
    for (ModelUse use : report.models()) {
      html.open("tr")
          .element("td", use.model().isEmpty() ? "not named" : use.model(), "class", "id");
      Tables.number(html, use.turns());
      Tables.number(html, use.prompt());
      Tables.number(html, use.completion());
      Tables.number(html, use.cachedRead());
      Tables.number(html, use.cachedWrite());
      Tables.number(html, use.tokens());
      if (priced) {
        cost(use.cost() == null ? "no price" : Numbers.money(use.cost()));
      }
      html.close("tr").line();
    }
    Tables.close(html);
    if (priced) {
      BigDecimal all =
          report.models().stream()
              .map(ModelUse::cost)
              .filter(Objects::nonNull)
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      none("Together " + currency + " " + Numbers.money(all) + ", by the prices that were given.");
    }
  }

  private void cost(String text) {
    html.element("td", text, "class", "number");
  }

  private void none(String text) {
    html.element("p", text, "class", "none").line();
  }
}
