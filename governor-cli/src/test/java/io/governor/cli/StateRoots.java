package io.governor.cli;

import io.governor.Agent;
import io.governor.CallHint;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.Mode;
import io.governor.Origin;
import io.governor.ResultHint;
import io.governor.Rule;
import io.governor.TokenUsage;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.pause.PausedSession;
import io.governor.pause.PausedSessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Small state roots, recorded through the real thing with a clock and ids that are the same in
 * every run. The clock stands still within an operation and is moved between them.
 */
final class StateRoots {

  private final Path root;
  private Instant now = Instant.parse("2026-04-14T09:00:00Z");
  private int ids;

  private StateRoots(Path root) {
    this.root = root;
  }

  /** Makes the state root of that name. */
  static void make(String name, Path root) throws IOException {
    StateRoots roots = new StateRoots(root);
    switch (name) {
      case "empty" -> Files.createDirectories(root);
      case "missing" -> {}
      case "support" -> roots.support();
      case "blocked" -> roots.blocked();
      case "tokens" -> roots.tokens();
      case "long" -> roots.longNames();
      case "damaged" -> roots.damaged();
      case "torn" -> roots.torn();
      case "cut" -> roots.cut();
      case "tampered" -> roots.tampered();
      case "losses" -> roots.losses();
      case "registered" -> roots.registered();
      case "profile" -> roots.profile();
      case "approvals" -> roots.approvals();
      case "paused" -> roots.paused();
      case "pins" -> PinRoots.make(root);
      case "broken-profile" -> roots.brokenProfile();
      case "policies" -> roots.policies();
      case "policy-cases" -> PolicyRoots.cases(root);
      case "broken-policy" -> PolicyRoots.broken(root);
      default -> throw new IllegalArgumentException("no such state root: " + name);
    }
    // It has the time of this machine.
    Files.deleteIfExists(root.resolve("prune.stamp"));
  }

  private Governor governor(Rule... rules) {
    return Governor.builder()
        .stateRoot(root)
        .clock(() -> now)
        .nanoTime(() -> 0)
        .ids(() -> String.format(Locale.ROOT, "%08x-0000-4000-8000-000000000000", ++ids))
        .rules(rules)
        .build();
  }

  private void call(GovernedSession session, String tool, CallHint hint, ResultHint result) {
    now = now.plusSeconds(2);
    ToolCall call = ToolCall.of(tool, ToolArguments.ofJson("{\"id\": 7}")).withHint(hint);
    Decision decision = session.before(call);
    now = now.plusSeconds(1);
    session.after(decision.call(), ToolResult.ofText("done").with(result));
  }

  private static GovernedSession open(Governor governor, String id, Agent agent, Intent intent) {
    return governor.session().id(id).agent(agent).intent(intent).origin(Origin.LANGCHAIN4J).open();
  }

  private static Agent supportAgent() {
    return Agent.named("support").version("1.4").owner("support-team").capabilities("crm.read");
  }

  /** One session as it should be, one that is not, and one in which nothing happened. */
  private void support() {
    try (Governor governor = governor()) {
      Intent intent = Intent.explicit("Answer ticket 4711", "crm", "mail");
      try (GovernedSession good = open(governor, "ticket-4711", supportAgent(), intent)) {
        call(good, "crm.lookup", CallHint.NONE, ResultHint.classified("internal"));
        call(good, "mail.send", CallHint.NONE, ResultHint.classified("internal"));
      }
      now = now.plusSeconds(3600);
      try (GovernedSession bad =
          open(governor, "unscoped-run", Agent.named("scraper"), Intent.none())) {
        call(bad, "crm.lookup", CallHint.NONE, ResultHint.classified("public"));
        call(bad, "crm.update", CallHint.NONE, ResultHint.classified("pii"));
        call(bad, "vectorstore.write", CallHint.NONE, ResultHint.NONE);
      }
      now = now.plusSeconds(3600);
      try (GovernedSession idle = open(governor, "idle-run", supportAgent(), intent)) {
        idle.start();
      }
    }
  }

  /** As a kill leaves it: the last line of a session that goes on after that was cut off. */
  private void torn() throws IOException {
    support();
    List<String> lines = Files.readAllLines(trace("ticket-4711"));
    String torn = lines.get(2).substring(0, 200);
    lines.add(2, torn);
    write("ticket-4711", lines);
  }

  /** As a power cut, or somebody, leaves it: the last lines are gone. */
  private void cut() throws IOException {
    support();
    write("unscoped-run", Files.readAllLines(trace("unscoped-run")).subList(0, 4));
  }

  /** A word was changed in one trace, and another one removed. */
  private void tampered() throws IOException {
    support();
    List<String> lines = Files.readAllLines(trace("ticket-4711"));
    lines.replaceAll(line -> line.replace("mail.send", "mail.read"));
    write("ticket-4711", lines);
    Files.delete(trace("unscoped-run"));
  }

  private Path trace(String id) {
    return root.resolve("traces/langchain4j").resolve(id + ".jsonl");
  }

  private void write(String id, List<String> lines) throws IOException {
    Files.write(trace(id), lines, StandardCharsets.US_ASCII);
  }

  /** A rule that refuses a call, and a host that runs it all the same. */
  private void blocked() {
    Rule rule =
        Rule.named("ACME-101")
            .title("Customers are not deleted")
            .tools("crm.delete*")
            .mode(Mode.ENFORCE)
            .reason("Deleting needs a person.")
            .deny();
    try (Governor governor = governor(rule);
        GovernedSession session =
            open(governor, "cleanup-1", supportAgent(), Intent.explicit("Tidy up", "crm"))) {
      call(session, "crm.lookup", CallHint.NONE, ResultHint.classified("internal"));
      call(session, "crm.delete_customer", CallHint.NONE, ResultHint.classified("internal"));
    }
  }

  /** Turns of a model with what they used. */
  private void tokens() {
    try (Governor governor = governor();
        GovernedSession session =
            open(governor, "tokens-1", supportAgent(), Intent.explicit("Answer a ticket", "crm"))) {
      ResultHint internal = ResultHint.classified("internal");
      call(session, "crm.lookup", CallHint.NONE, internal.with(usage("turn-1", 900, 100)));
      call(session, "billing.charge", CallHint.NONE, internal.with(usage("turn-2", 1400, 600)));
      call(session, "crm.update", CallHint.NONE, ResultHint.NONE.with(usage("turn-3", 800, 200)));
    }
  }

  private static TokenUsage usage(String turn, long prompt, long completion) {
    return TokenUsage.ofTurn(turn, prompt, completion);
  }

  /** Names that are too long for a table, or hold what a terminal would obey. */
  private void longNames() {
    try (Governor governor = governor()) {
      List<String> sessions =
          List.of(
              "3f2b8c1d-9e4a-4b7c-8d6e-1f2a3b4c5d6e",
              "3f2b8c1d-9e4a-4b7c-8d6e-1f2a3b4c5d6f",
              "x".repeat(200),
              "会議".repeat(40));
      for (String id : sessions) {
        now = now.plusSeconds(60);
        Agent agent = Agent.named("agent-\u001b[31mred\u001b[0m-" + "長い名前".repeat(20));
        try (GovernedSession session = open(governor, id, agent, Intent.none())) {
          call(
              session, "tool.of." + "great".repeat(30) + ".update", CallHint.NONE, ResultHint.NONE);
        }
      }
    }
  }

  /** Lines that are no events, among events. */
  private void damaged() throws IOException {
    support();
    Path trace = root.resolve("traces/langchain4j/ticket-4711.jsonl");
    Files.writeString(
        trace,
        "not json\n{\"event_type\": 7}\n{\"event_type\": \"SCOPE_ASS",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
  }

  /** A session that says what it could not record. */
  private void losses() throws IOException {
    support();
    Path trace = root.resolve("traces/api/lossy-run.jsonl");
    Files.createDirectories(trace.getParent());
    Files.writeString(
        trace,
        """
        {"event_id": "l-1", "event_type": "SCOPE_ASSERTED", "session_id": "lossy-run", \
        "event_sequence_number": 3, "agent_id": "support", "primitive": "SCOPE", \
        "timestamp_utc": "2026-04-14T12:00:00.000Z", "payload": {"tool_id": "crm.lookup", \
        "target_system": "crm", "operation_type": "READ"}, "advisory_flags": [], \
        "policy_violations": [], "governor": {"origin": "api", "lost": {"disk_full": 2, "io": 1}}}
        """);
  }

  private void registered() throws IOException {
    support();
    Files.writeString(
        root.resolve("sync-state.json"),
        "{\"installation_id\": \"inst_11111111-2222-4333-8444-555555555555\","
            + " \"installation_secret\": \"not-a-real-one\"}\n");
  }

  private void profile() throws IOException {
    Files.createDirectories(root);
    Files.writeString(
        root.resolve("profile.yaml"),
        """
        schema_version: 1
        task_boundary:
          signals: [dir_change]
        high_consequence:
          tools: ['^billing']
        """);
    Files.writeString(
        root.resolve("strict.yaml"),
        """
        session_intent:
          demand_at: first_write
        """);
    Files.writeString(
        root.resolve("resolution.yaml"),
        """
        schema_version: 1
        bindings:
          - {agent_id: 'support-*', profile: strict.yaml}
          - {agent_id: 'lost-*', profile: nowhere.yaml}
        """);
    try (Governor governor = governor()) {
      Intent intent = Intent.explicit("Answer a ticket", "crm");
      Agent agent = supportAgent();
      try (GovernedSession session = open(governor, "profiled-1", agent, intent)) {
        call(session, "crm.lookup", CallHint.NONE, ResultHint.classified("internal"));
        call(session, "billing.charge", CallHint.NONE, ResultHint.classified("internal"));
      }
    }
  }

  private void policies() throws IOException {
    Files.createDirectories(root);
    Files.writeString(
        root.resolve("policy.yaml"),
        """
        governor: 1
        id: acme-support
        revision: 7
        agents: [{agent: support-*, deny: ["crm.delete*"]}]
        rules:
          - id: ACME-101
            tool: mail.send
            when: {not: {arg: /to, matches: '@acme\\.com$'}}
            effect: deny
        cases:
          - {name: outside, call: {tool: mail.send, arguments: {to: x@evil.example}}, expect: deny}
        """);
    Files.writeString(
        root.resolve("doubtful.json"),
        """
        {"governor": 1, "id": "doubtful", "rules": [
          {"id": "ACME-101", "tool": "*", "effect": "deny",
           "when": {"not": {"arg": "/to", "equals": "a@acme.com"}}}]}
        """);
    Files.writeString(
        root.resolve("broken.yaml"),
        """
        governor: 1
        id: acme-support
        rules:
          - {id: ACME-101, tool: mail.send, effct: deny}
          - {id: ACME-102, tool: "*", effect: warn, when: {arg: /to, matches: "(?=x)"}}
        """);
    Files.writeString(root.resolve("empty.yaml"), "");
  }

  /** Questions that expire long after this test, as a process leaves them that was killed. */
  private void approvals() throws IOException {
    String refund = "{\\n  \\\"amount\\\": 900\\n}";
    question("3f2b8c1d" + "a".repeat(56), "refund.create", refund, 0);
    String mail = "{\\n  \\\"to\\\": \\\"\\\\u202e";
    question("3f2b8c1d" + "b".repeat(56), "mail.\\u001b[2Jsend", mail, 41);
    Files.writeString(
        root.resolve("approvals").resolve("0".repeat(32) + ".question.json"), "{\"schema\": 2}");
  }

  private void question(String digest, String tool, String arguments, int leftOut)
      throws IOException {
    now = now.plusSeconds(60);
    Path folder = root.resolve("approvals");
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(digest.substring(0, 32) + ".question.json"),
        """
        {"schema": 1, "digest": "%s", "tool": "%s", "agent": "support", "session": "ticket-4711", \
        "rules": [{"id": "ACME-101", "reason": "A person must agree."}, {"id": "ACME-107", \
        "reason": null}], "time": "%s", "expires": "2126-04-14T09:05:00Z", "arguments": "%s", \
        "arguments_left_out": %d}
        """
            .formatted(digest, tool, now, arguments, leftOut));
  }

  /** What a person, a rule and nobody knows who has paused. */
  private void paused() throws IOException {
    support();
    PausedSessions paused = PausedSessions.below(root);
    now = Instant.parse("2026-04-14T12:00:00Z");
    paused.pause("unscoped-run", "ACME-101", now, 7L);
    paused.pause("ticket-4711", PausedSession.OPERATOR, now.plusSeconds(60), null);
    paused.pause("ticket-4712", PausedSession.OPERATOR, now.plusSeconds(120), null);
    paused.pause("evil\u001b[2J\n../id", PausedSession.OPERATOR, now.plusSeconds(180), null);
    Path damaged = Files.writeString(root.resolve("paused").resolve("damaged.json"), "{");
    Files.setLastModifiedTime(damaged, FileTime.from(now.plusSeconds(240)));
  }

  private void brokenProfile() throws IOException {
    Files.createDirectories(root);
    Files.writeString(
        root.resolve("profile.yaml"),
        """
        schema_version: 1
        session_intnt:
          demand_at: first_write
        task_boundary:
          time_gap_seconds: soon
        """);
    Files.writeString(
        root.resolve("typo.yaml"),
        """
        schema_version: 1
        session_intnt:
          demand_at: first_write
        """);
  }
}
