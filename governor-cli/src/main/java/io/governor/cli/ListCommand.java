package io.governor.cli;

import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor list}: the recorded sessions, newest first. */
@Command(name = "list", description = "List the recorded sessions, newest first.")
final class ListCommand implements Callable<Integer> {

  private static final int SHORT_ID = 8;
  private static final int WHOLE_ID = 14;

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = invocation.terminal();
    TraceCatalog catalog = Traces.catalog(invocation);
    Traces.tell(terminal, catalog.report());
    if (json) {
      terminal.answer(Json.text(json(catalog)) + "\n");
    } else if (Traces.all(catalog).isEmpty()) {
      terminal.answer(Traces.nothingYet(invocation));
    } else {
      terminal.answer(text(catalog));
    }
    return ExitCode.DONE;
  }

  private List<String> text(TraceCatalog catalog) {
    List<String> lines = new ArrayList<>();
    if (!catalog.sessions().isEmpty()) {
      lines.addAll(invocation.terminal().table(table(catalog)));
    }
    long hidden = catalog.transientSessions();
    if (hidden > 0) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(Text.count(hidden, "session") + " with registration and intent only: not shown.");
    }
    return lines;
  }

  private static Table table(TraceCatalog catalog) {
    Table table =
        Table.of("~SESSION", "STARTED", "~SURFACE", "~AGENT", ">CALLS", ">EVENTS", ">FIRED");
    for (SessionSummary session : catalog.sessions()) {
      table.row(
          shortId(session.sessionId(), catalog),
          Times.toMinute(session.first()),
          session.surface(),
          session.agentId(),
          session.toolCalls(),
          session.events(),
          fired(session));
    }
    return table;
  }

  /** As much of the id as tells the session from the others, which is what {@code open} takes. */
  private static String shortId(String id, TraceCatalog catalog) {
    if (id.length() <= WHOLE_ID) {
      return id;
    }
    for (int length = SHORT_ID; length < id.length(); length++) {
      String prefix = id.substring(0, length);
      if (catalog.find(prefix).stream().allMatch(other -> other.sessionId().equals(id))) {
        return prefix + Text.MARKER;
      }
    }
    return id;
  }

  private static long fired(SessionSummary session) {
    return session.violations().values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<String, @Nullable Object> json(TraceCatalog catalog) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state_root", invocation.stateRoot().toString());
    json.put("sessions", catalog.sessions().stream().map(ListCommand::json).toList());
    json.put("transient_sessions", catalog.transientSessions());
    json.putAll(Traces.json(catalog.report()));
    return json;
  }

  static Map<String, @Nullable Object> json(SessionSummary session) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("session_id", session.sessionId());
    json.put("agent_id", session.agentId());
    json.put("surface", session.surface());
    json.put("first_event", Times.json(session.first()));
    json.put("last_event", Times.json(session.last()));
    json.put("events", session.events());
    json.put("tool_calls", session.toolCalls());
    json.put("rules", session.violations());
    json.put("lost_events", session.lost());
    json.put("files", session.files().stream().map(Path::toString).toList());
    return json;
  }
}
