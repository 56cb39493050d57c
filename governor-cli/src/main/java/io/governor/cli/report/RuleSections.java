package io.governor.cli.report;

import io.governor.cli.report.Report.ConsequenceCount;
import io.governor.cli.report.Report.RuleCount;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rules over time, rules, and what enforcement would have meant. */
final class RuleSections {

  private final Report report;
  private final UnaryOperator<String> titles;
  private final Html html;

  RuleSections(Report report, UnaryOperator<String> titles, Html html) {
    this.report = report;
    this.titles = titles;
    this.html = html;
  }

  void write() {
    html.open("section").element("h2", "Rules over time").line();
    List<String> rules = report.rules().stream().map(RuleCount::rule).toList();
    TimelineChart.write(report.timeline(), rules, html);
    html.close("section").line();
    if (!rules.isEmpty()) {
      rules();
    }
    if (!report.consequences().isEmpty()) {
      consequences();
    }
  }

  private void rules() {
    html.open("section").element("h2", "Rules that fired").line();
    Tables.open(
        html, "Rules, the most frequent first", "Rule", "What it says", ">Events", ">Sessions");
    for (RuleCount rule : report.rules()) {
      html.open("tr")
          .element("td", rule.rule(), "class", "id rule")
          .element("td", titles.apply(rule.rule()));
      Tables.number(html, rule.events());
      Tables.number(html, rule.sessions());
      html.close("tr").line();
    }
    Tables.close(html);
    html.close("section").line();
  }

  private void consequences() {
    html.open("section").element("h2", "What enforcement would have meant").line();
    Tables.open(html, "Consequences, the most frequent first", "Consequence", "Rules", ">Events");
    for (ConsequenceCount consequence : report.consequences()) {
      html.open("tr").element("td", consequence.sentence()).open("td", "class", "id");
      Tables.rules(html, consequence.rules());
      html.close("td");
      Tables.number(html, consequence.events());
      html.close("tr").line();
    }
    Tables.close(html);
    html.close("section").line();
  }
}
