package io.governor.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class HtmlReportTest {

  private static final Instant MADE = Instant.parse("2026-04-20T12:00:00Z");
  private static final boolean WRITE = "write".equals(System.getProperty("governor.golden"));

  private static final String DENIED =
      """
      "advisory_flags": ["SCOPE_INTENT_MISMATCH"], "policy_violations": ["POL-001", "ACME-101"], \
      "simulated_consequence": "This WRITE operation would have been blocked.", \
      "pass_through": false, "governor": {"origin": "api", "verdict": "deny", "enforced": true, \
      "rules": [{"id": "ACME-101", "effect": "deny", "mode": "enforce"}], "lost": {"io": 2}}""";

  private static final String ALLOWED =
      """
      "advisory_flags": [], "policy_violations": [], "pass_through": true, \
      "governor": {"origin": "api", "verdict": "allow", "enforced": false}""";

  private static Report small() {
    Prices prices =
        Prices.parse(
            "prices.yaml",
            "currency: EUR\nmodels: [{model: 'claude-*', prompt: 3, completion: 15}]");
    ReportBuilder builder = new ReportBuilder(prices);
    builder.add("api", ReportTraces.call("s-1", 1, "2026-04-14T09:00:00Z", "crm.set", ALLOWED));
    builder.add("api", ReportTraces.call("s-1", 2, "2026-04-14T09:00:05Z", "mail.send", DENIED));
    builder.add(
        "api",
        ReportTraces.usage("s-1", 3, "2026-04-14T09:01:00Z", "claude-x", "t1", 1_000_000, 5));
    builder.add(
        "api",
        ReportTraces.usage("s-1", 4, "2026-04-14T09:01:01Z", "claude-x", "t1", 1_000_000, 5));
    builder.add("api", ReportTraces.usage("s-2", 1, "2026-04-14T13:00:00Z", "other", "t1", 7, 0));
    return builder.report("All traces", MADE, 3);
  }

  @Test
  void thePageIsWhatItWas() throws IOException {
    String page = HtmlReport.of(small(), id -> id.equals("POL-001") ? "Undeclared intent" : "");

    Path golden = Path.of("src/test/resources/io/governor/cli/report/report.html");
    if (WRITE) {
      Files.writeString(golden, page);
    } else {
      assertThat(page).isEqualTo(resource("report.html"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</style></main><h1>no",
        "' onmouseover='x",
        "&lt;b&gt; &amp; &#x3c;",
        "<!-- --> ]]> <![CDATA[",
        "a\u0000b\u202ec\u2028d\ud800e\ufffff\u001b[31m",
        "javascript:alert(1)"
      })
  void whatATraceBringsAlongIsShownAndNeverObeyed(String hostile) throws Exception {
    Document harmless = parsed(pageNaming("plain"));

    Document page = parsed(pageNaming(hostile));

    assertThat(names(page)).isEqualTo(names(harmless));
    String shown = new Html().text(hostile).toString();
    String bold = page.getElementsByTagName("code").item(0).getTextContent();
    assertThat(parsed("<p>" + shown + "</p>").getDocumentElement().getTextContent())
        .isEqualTo(bold);
  }

  private static String pageNaming(String name) {
    ReportBuilder builder = new ReportBuilder(null);
    builder.add(
        name,
        ReportTraces.call(
            name,
            1,
            "2026-04-14T09:00:00Z",
            name,
            DENIED
                .replace(
                    "\"This WRITE operation would have been blocked.\"", ReportTraces.json(name))
                .replace("\"ACME-101\"", ReportTraces.json(name))));
    builder.add(name, ReportTraces.usage(name, 2, "2026-04-14T09:00:00Z", "m" + name, "t", 10, 10));
    return HtmlReport.of(builder.report("All traces", MADE, 0), id -> id);
  }

  @Test
  void nothingIsLoadedAndNothingRuns() {
    String page = HtmlReport.of(small(), id -> id);

    assertThat(page).contains("default-src 'none'");
    assertThat(page.toLowerCase(Locale.ROOT))
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("<script")
        .doesNotContain("url(")
        .doesNotContain("@import")
        .doesNotContain("href")
        .doesNotContain(" src=");
  }

  @Test
  void anEmptyReportIsAPageToo() throws Exception {
    Report empty = new ReportBuilder(null).report("All traces", MADE, 0);

    Document page = parsed(HtmlReport.of(empty, id -> id));

    assertThat(page.getDocumentElement().getTextContent())
        .contains("No rule fired in this time.")
        .contains("No tool was called.")
        .contains("No session in this report.");
  }

  @Test
  void aSessionShowsAsManyEventsAsFitAndSaysHowManyAreLeft() {
    ReportBuilder builder = new ReportBuilder(null);
    for (int i = 1; i <= 10_000; i++) {
      String members = i % 2 == 0 ? DENIED : ALLOWED;
      builder.add("api", ReportTraces.call("s", i, "2026-04-14T09:00:00Z", "t", members));
    }

    Report report = builder.report("All traces", MADE, 0);

    assertThat(report.sessions().get(0).rows()).hasSize(SessionTally.MARKED + SessionTally.PLAIN);
    assertThat(HtmlReport.of(report, id -> "")).contains("9,800 further events");
  }

  @Test
  void theEventsOfTheNewestSessionsAreShownInWhateverOrderTheyAreRead() {
    ReportBuilder builder = new ReportBuilder(null);
    int all = ReportBuilder.DETAILED + 30;
    for (int i = 0; i < all; i++) {
      int day = i * 37 % all;
      String time = LocalDate.of(2026, 1, 1).plusDays(day) + "T09:00:00Z";
      builder.add("api", ReportTraces.call("s-" + day, 1, time, "t", DENIED));
      builder.add("api", ReportTraces.call("s-" + day, 2, time, "t", ALLOWED));
    }

    List<SessionReport> sessions = builder.report("All traces", MADE, 0).sessions();

    assertThat(sessions).hasSize(all).first().extracting("sessionId").isEqualTo("s-" + (all - 1));
    assertThat(sessions.subList(0, ReportBuilder.DETAILED))
        .allSatisfy(session -> assertThat(session.rows()).hasSize(2));
    assertThat(sessions.subList(ReportBuilder.DETAILED, all))
        .allSatisfy(session -> assertThat(session.rows()).isEmpty());
    assertThat(sessions).allSatisfy(session -> assertThat(session.events()).isEqualTo(2));
  }

  /** The page is well-formed XML as well, so that a parser can tell what is an element. */
  private static Document parsed(String page) throws Exception {
    String body = page.replace("<!DOCTYPE html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(body.strip())));
  }

  private static String names(Document page) {
    StringBuilder names = new StringBuilder();
    var all = page.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      names.append(all.item(i).getNodeName()).append('[');
      var attributes = all.item(i).getAttributes();
      for (int j = 0; j < attributes.getLength(); j++) {
        names.append(attributes.item(j).getNodeName()).append(' ');
      }
      names.append(']');
    }
    return names.toString();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReportTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
