package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCatalogTest {

  @TempDir Path root;

  @Test
  void aSessionIsSummedUp() throws IOException {
    Path file =
        trace(
            "mcp/s.jsonl",
            event("s", "AGENT_REGISTERED", "2026-01-02T10:00:00.000Z", "[\"POL-002\"]"),
            event("s", "SCOPE_ASSERTED", "2026-01-02T10:00:05.000Z", "[\"POL-001\", \"ACME-101\"]"),
            "{\"event_type\": \"SCOPE_ASSERTED\", \"session_id\": \"s\", \"policy_violations\":"
                + " [\"POL-001\"], \"governor\": {\"origin\": \"mcp\", \"lost\": {\"io\": 2,"
                + " \"disk_full\": 3}}}",
            event("s", "CONTEXT_SNAPSHOT", "2026-01-02T10:00:04.000Z", "[]"));

    TraceCatalog catalog = TraceCatalog.read(root);

    assertThat(catalog.sessions())
        .containsExactly(
            new SessionSummary(
                "s",
                "agent of s",
                "mcp",
                List.of(file),
                Instant.parse("2026-01-02T10:00:00Z"),
                Instant.parse("2026-01-02T10:00:05Z"),
                4,
                new java.util.TreeMap<>(Map.of("POL-001", 2L, "POL-002", 1L, "ACME-101", 1L)),
                2,
                0,
                5,
                false));
  }

  @Test
  void sessionsAreListedByTheirFirstEventNewestFirstAndNeverByFileTime() throws IOException {
    Path old = trace("mcp/old.jsonl", call("old", "2026-01-01T00:00:00.000Z"));
    trace("hook/newest.jsonl", call("newest", "2026-01-01T02:00:00.000+01:00"));
    trace("mcp/untimed.jsonl", call("untimed", "yesterday"));
    trace("mcp/middle.jsonl", call("middle", "2026-01-01T00:30:00.000Z"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));

    TraceCatalog catalog = TraceCatalog.read(root);

    assertThat(catalog.sessions())
        .extracting(SessionSummary::sessionId)
        .containsExactly("newest", "middle", "old", "untimed");
    assertThat(catalog.latest()).hasValue(catalog.sessions().get(0));
  }

  @Test
  void sessionsWithOnlyRegistrationAndIntentAreCountedAndNotShownAsLatest() throws IOException {
    trace("mcp/real.jsonl", call("real", "2026-01-01T00:00:00.000Z"));
    trace(
        "mcp/restart.jsonl",
        event("restart", "AGENT_REGISTERED", "2026-01-01T01:00:00.000Z", "[\"POL-002\"]"),
        event("restart", "INTENT_DECLARED", "2026-01-01T01:00:00.000Z", "[]"));

    TraceCatalog catalog = TraceCatalog.read(root);

    assertThat(catalog.latest().orElseThrow().sessionId()).isEqualTo("real");
    assertThat(catalog.sessions()).hasSize(1);
    assertThat(catalog.transientSessions()).isEqualTo(1);
    assertThat(catalog.find("restart")).hasSize(1);
  }

  @Test
  void aSessionOfSeveralFilesAndAFileOfSeveralSessions() throws IOException {
    Path second = trace("api/s+2.jsonl", call("s", "2026-01-01T00:00:09.000Z"));
    Path first =
        trace(
            "api/s.jsonl",
            call("s", "2026-01-01T00:00:01.000Z"),
            call("other", "2026-01-01T00:00:02.000Z"),
            "{}",
            call("s", "2026-01-01T00:00:03.000Z"));

    TraceCatalog catalog = TraceCatalog.read(root);
    SessionSummary session = catalog.find("s").get(0);
    SessionEvents events = SessionEvents.load(session);

    assertThat(catalog.sessions())
        .extracting(SessionSummary::sessionId)
        .containsExactly("other", "s");
    assertThat(session.files()).containsExactly(first, second);
    assertThat(session.events()).isEqualTo(3);
    assertThat(events.events())
        .extracting(event -> event.timestamp().getEpochSecond() % 60)
        .containsExactly(1L, 3L, 9L);
    assertThat(events.report().malformed()).isEqualTo(1);
    assertThat(catalog.report().malformed()).isEqualTo(1);
  }

  @Test
  void aSessionIsFoundByItsIdAndElseByABeginningOfIt() throws IOException {
    trace("mcp/a.jsonl", call("abc", "2026-01-01T00:00:01.000Z"));
    trace("mcp/b.jsonl", call("abcd", "2026-01-01T00:00:02.000Z"));
    trace("hook/a.jsonl", call("abc", "2026-01-01T00:00:03.000Z"));
    trace("mcp/none.jsonl", call("", "2026-01-01T00:00:03.000Z"));

    TraceCatalog catalog = TraceCatalog.read(root);

    assertThat(catalog.find("abc"))
        .extracting(SessionSummary::surface)
        .containsExactly("hook", "mcp");
    assertThat(catalog.find("ab"))
        .extracting(SessionSummary::sessionId)
        .containsExactly("abc", "abcd", "abc");
    assertThat(catalog.find("x")).isEmpty();
    assertThat(catalog.sessions()).hasSize(3);
    assertThat(catalog.report().events()).isEqualTo(4);
  }

  @Test
  void severalRootsAreOneCatalogAndAMissingOneIsEmpty() throws IOException {
    trace("ours/mcp/a.jsonl", call("a", "2026-01-01T00:00:01.000Z"));
    trace("theirs/claude-code/b.jsonl", call("b", "2026-01-01T00:00:02.000Z"));

    TraceCatalog catalog =
        TraceCatalog.read(root.resolve("ours"), root.resolve("theirs"), root.resolve("missing"));

    assertThat(catalog.sessions())
        .extracting(SessionSummary::sessionId, SessionSummary::surface)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("b", "claude-code"),
            org.assertj.core.groups.Tuple.tuple("a", "mcp"));
    assertThat(TraceCatalog.read(root.resolve("missing")).latest()).isEmpty();
  }

  private Path trace(String name, String... lines) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private static String call(String session, String time) {
    return event(session, "SCOPE_ASSERTED", time, "[]");
  }

  private static String event(String session, String type, String time, String violations) {
    return ("{\"event_type\": \"%s\", \"session_id\": \"%s\", \"agent_id\": \"agent of %s\","
            + " \"timestamp_utc\": \"%s\", \"policy_violations\": %s}")
        .formatted(type, session, session, time, violations);
  }
}
