package io.governor.cli;

import io.governor.Agent;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.Origin;
import io.governor.detect.Detectors;
import io.governor.detect.Redactor;
import io.governor.mcp.AgentTool.Refusal;
import io.governor.trace.SessionSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent states what its session is for (execution record, section 9.3): from its own event on,
 * as inferred, and only where it is certain which session is the agent's. That is the one the host
 * names, if its trace was appended to within 90 seconds and no other one later; without a name, the
 * only one that fresh.
 */
final class AgentDeclaration {

  private static final String HOST_SESSION = "CLAUDE_CODE_SESSION_ID";
  private static final Duration FRESH = Duration.ofSeconds(90);
  private static final Detectors DETECTORS = Detectors.builtIn();

  private final Invocation invocation;
  private final AgentSessions sessions;
  private final InstantSource clock;

  private record Dated(SessionSummary session, Instant appended) {}

  AgentDeclaration(Invocation invocation, AgentSessions sessions, InstantSource clock) {
    this.invocation = invocation;
    this.sessions = sessions;
    this.clock = clock;
  }

  String declare(Map<String, @Nullable Object> given) throws Refusal {
    String objective = redacted(AgentArguments.text(given, "objective", 500));
    List<String> systems =
        AgentArguments.texts(given, "systems", 32, 128).stream()
            .map(AgentDeclaration::redacted)
            .toList();
    SessionSummary session = certain();
    write(session, Intent.inferred(objective, systems));
    return Json.text(
        Map.of(
            "session_id",
            session.sessionId(),
            "intent_source",
            "inferred",
            "applies",
            "from now on"));
  }

  private static String redacted(String text) {
    return Redactor.text(text, DETECTORS.names(), DETECTORS);
  }

  private SessionSummary certain() throws Refusal {
    Instant since = clock.instant().minus(FRESH);
    List<Dated> fresh =
        sessions.all().stream()
            .map(session -> new Dated(session, appended(session)))
            .filter(each -> !each.appended().isBefore(since))
            .toList();
    String named = invocation.env().get(HOST_SESSION);
    Dated own = named == null || named.isBlank() ? only(fresh) : named(named, fresh);
    if (isOfOneProcess(own.session())) {
      throw new Refusal("Not recorded: only the session's own process can record in it.");
    }
    return own.session();
  }

  private static Dated only(List<Dated> fresh) throws Refusal {
    if (fresh.size() != 1) {
      throw new Refusal(
          "Not recorded: it is not certain which session is yours, "
              + fresh.size()
              + " were recorded within the last 90 seconds.");
    }
    return fresh.get(0);
  }

  private static Dated named(String id, List<Dated> fresh) throws Refusal {
    List<Dated> own = fresh.stream().filter(each -> each.session().sessionId().equals(id)).toList();
    if (own.size() != 1) {
      throw new Refusal(
          "Not recorded: the host's session has no trace of the last 90 seconds, or several.");
    }
    Instant appended = own.get(0).appended();
    if (fresh.stream().anyMatch(each -> each.appended().isAfter(appended))) {
      throw new Refusal("Not recorded: another session was recorded later than the host's.");
    }
    return own.get(0);
  }

  private static Instant appended(SessionSummary session) {
    Instant latest = Instant.MIN;
    for (Path file : session.files()) {
      try {
        Instant appended = Files.getLastModifiedTime(file).toInstant();
        latest = appended.isAfter(latest) ? appended : latest;
      } catch (IOException e) {
        return Instant.MIN;
      }
    }
    return latest;
  }

  /** Sessions of hooks are written by many processes in turn, all others by the one they run in. */
  private static boolean isOfOneProcess(SessionSummary session) {
    return Arrays.stream(Origin.values())
        .filter(origin -> origin != Origin.HOOK)
        .anyMatch(origin -> origin.wireName().equals(session.surface()));
  }

  private void write(SessionSummary summary, Intent intent) throws Refusal {
    try (Governor governor =
            Governor.builder()
                .stateRoot(invocation.stateRoot())
                .agent(Agent.named(summary.agentId()))
                .build();
        GovernedSession session =
            governor
                .session()
                .id(summary.sessionId())
                .origin(Origin.HOOK)
                .surface(summary.surface())
                .shared()
                .open()) {
      session.declare(intent);
      if (!governor.health().lost().isEmpty()) {
        throw new Refusal("Not recorded: the trace cannot be written.");
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new Refusal("Not recorded: the session cannot be opened.");
    }
  }
}
