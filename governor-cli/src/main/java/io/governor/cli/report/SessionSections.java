package io.governor.cli.report;

import io.governor.cli.report.SessionReport.EventRow;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sessions, each with the events that are worth a look. */
final class SessionSections {

  /** So many sessions are named; the newest. */
  static final int MOST_SESSIONS = 500;

  private final Report report;
  private final Html html;

  SessionSections(Report report, Html html) {
    this.report = report;
    this.html = html;
  }

  void write() {
    html.open("section").element("h2", "Sessions").line();
    report.sessions().stream().limit(MOST_SESSIONS).forEach(this::session);
    int more = report.sessions().size() - MOST_SESSIONS;
    if (more > 0) {
      note(Numbers.grouped(more) + " older sessions are in the figures above and not listed here.");
    }
    if (report.sessions().isEmpty()) {
      note("No session in this report.");
    }
    html.close("section").line();
  }

  private void session(SessionReport session) {
    boolean noteworthy = session.kept() > 0;
    html.open("details", "class", noteworthy ? "session strong" : "session").open("summary");
    html.element("span", Numbers.minute(session.first()), "class", "time");
    html.element("b", session.agentId().isEmpty() ? "unknown agent" : session.agentId());
    html.element("span", session.surface(), "class", "faded");
    html.element("span", figures(session), "class", "figures");
    html.close("summary").line();
    html.open("p", "class", "faded").text("Session ").element("code", session.sessionId());
    html.text(", until " + Numbers.clock(session.last())).close("p").line();
    violations(session);
    rows(session);
    html.close("details").line();
  }

  private static String figures(SessionReport session) {
    String figures = count(session.calls(), "call");
    if (session.kept() > 0) {
      figures += ", " + Numbers.grouped(session.kept()) + " kept from running";
    }
    long fired = session.violations().values().stream().mapToLong(Long::longValue).sum();
    if (fired > 0) {
      figures += ", rules fired " + count(fired, "time");
    }
    return session.tokens() > 0 ? figures + ", " + count(session.tokens(), "token") : figures;
  }

  private static String count(long number, String thing) {
    return Numbers.grouped(number) + " " + thing + (number == 1 ? "" : "s");
  }

  private void violations(SessionReport session) {
    if (!session.violations().isEmpty()) {
      String told =
          session.violations().entrySet().stream()
              .map(entry -> entry.getKey() + " " + Numbers.grouped(entry.getValue()))
              .collect(Collectors.joining(", "));
      html.element("p", "Rules: " + told).line();
    }
  }

  private void rows(SessionReport session) {
    if (!session.rows().isEmpty()) {
      String caption = "Events of session " + session.sessionId();
      Tables.open(html, caption, ">No.", "Time", "Event", "Decision", "Rules and flags");
      LocalDate day = Numbers.day(session.first());
      session.rows().forEach(row -> row(row, day));
      Tables.close(html);
    }
    long left = session.events() - session.rows().size();
    if (left > 0) {
      note(
          count(left, "further event")
              + ": governor open "
              + session.sessionId()
              + " shows them all.");
    }
  }

  /** A time of the session's first day goes without its date. */
  private void row(EventRow row, @Nullable LocalDate day) {
    boolean sameDay = row.time() != null && Objects.equals(day, Numbers.day(row.time()));
    html.open("tr", "class", row.isMarked() ? "marked" : "");
    Tables.number(html, row.number());
    html.element(
        "td", sameDay ? Numbers.ofDay(row.time()) : Numbers.clock(row.time()), "class", "time");
    html.open("td", "class", "what").text(row.what());
    if (row.consequence() != null) {
      html.element("p", row.consequence(), "class", "means");
    }
    html.close("td").open("td");
    if (!row.verdict().isEmpty()) {
      html.element("span", row.verdict(), "class", "verdict");
      html.text(row.enforced() ? " acted on" : "");
    }
    html.close("td").open("td", "class", "id words");
    Tables.rules(html, row.rules());
    flags(row.flags());
    html.close("td").close("tr").line();
  }

  private void flags(List<String> flags) {
    if (!flags.isEmpty()) {
      html.element("span", " " + String.join(" ", flags), "class", "faded");
    }
  }

  private void note(String text) {
    html.element("p", text, "class", "none").line();
  }
}
