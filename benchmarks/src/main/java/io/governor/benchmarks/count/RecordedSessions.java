package io.governor.benchmarks.count;

import io.governor.Agent;
import io.governor.CallHint;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.Origin;
import io.governor.ResultHint;
import io.governor.RuleId;
import io.governor.TokenUsage;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Traces as Governor writes them, because a {@link Governor} does: sessions of 40 to 6,000 events
 * of every type, with the chain, ids as in production and about one event in six with violations.
 * The same seed gives the same bytes. Not safe for use by several threads.
 */
final class RecordedSessions {

  /** The rules that are counted beside the standard ones. */
  static final List<RuleId> PUBLISHED = List.of(RuleId.of("ACME-101"));

  private static final String POLICY =
      """
      governor: 1
      id: acme-support
      revision: 7
      rules:
        - id: ACME-101
          title: Large exports
          tool: crm.export
          when: {arg: /limit, greater_than: 800}
          effect: ask
        - id: ACME-102
          title: Mail goes to our own people
          tool: mail.send
          when: {arg: /to, not: {matches: '@acme\\.example$'}}
          effect: deny
      """;

  private static final List<String> TOOLS =
      List.of(
          "crm.lookup",
          "crm.search_orders",
          "crm.update_record",
          "crm.export",
          "mail.send",
          "mail.read_thread",
          "fs.read_file",
          "mcp__tickets__list_open");

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  private final SplittableRandom random;
  private long milliseconds;
  private long nanoseconds;
  private long recorded;

  RecordedSessions(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Records whole sessions below a state root, and of the last one as much as makes the number. */
  void record(Path stateRoot, long events) {
    recorded = 0;
    try (Governor registered = governor(stateRoot, agent());
        Governor unregistered = governor(stateRoot, Agent.named("scratch"))) {
      while (recorded < events) {
        session(random.nextInt(10) == 0 ? unregistered : registered, events);
      }
    }
    if (recorded != events) {
      throw new IllegalStateException("expected " + events + " events, recorded " + recorded);
    }
  }

  /** Records so many sessions of so many events each. */
  void recordSessions(Path stateRoot, int sessions, int eventsEach) {
    try (Governor governor = governor(stateRoot, agent())) {
      for (int i = 0; i < sessions; i++) {
        recorded = 0;
        session(governor, eventsEach);
      }
    }
  }

  private static Agent agent() {
    return Agent.named("support-1").version("2.4.1").vendor("acme").capabilities("crm", "mail");
  }

  private Governor governor(Path stateRoot, Agent agent) {
    return Governor.builder()
        .agent(agent)
        .policy(policy())
        .stateRoot(stateRoot)
        .ids(this::uuid)
        .clock(() -> START.plusMillis(milliseconds += random.nextInt(400)))
        .nanoTime(() -> nanoseconds += random.nextInt(4_000, 60_000))
        .sink(event -> recorded++)
        .build();
  }

  private static Policy policy() {
    try {
      return PolicyLoader.standard().parse("generated", POLICY).policy();
    } catch (PolicyException e) {
      throw new IllegalStateException("expected a policy that can be read", e);
    }
  }

  private void session(Governor governor, long events) {
    long last =
        Math.min(
            events,
            recorded
                + (random.nextInt(5) == 0 ? random.nextInt(800, 6000) : random.nextInt(40, 400)));
    boolean stated = random.nextInt(20) != 0;
    try (GovernedSession session =
        governor
            .session()
            .id(uuid())
            .unique()
            .origin(random.nextInt(3) == 0 ? Origin.MCP : Origin.LANGCHAIN4J)
            .intent(stated ? stated() : Intent.none())
            .open()) {
      session.start();
      while (recorded < last) {
        step(session, last - recorded);
      }
    }
  }

  private static Intent stated() {
    return Intent.explicit("Answer the ticket of a customer", "crm", "mail", "tickets");
  }

  /** A call takes two events or three; what is left over at the end is filled with turns. */
  private void step(GovernedSession session, long left) {
    int kind = random.nextInt(20);
    if (kind == 0 || left < 4) {
      session.recordTurn(usage(), "runtime");
    } else if (kind == 1) {
      session.persist("notes", memory(), random.nextInt(40, 4000));
    } else {
      call(session);
    }
  }

  private TokenUsage usage() {
    return new TokenUsage(
        random.nextLong(200, 90_000),
        random.nextLong(5, 4_000),
        random.nextLong(90_000),
        null,
        null,
        "model-large-2026",
        "example",
        "turn_" + Long.toHexString(random.nextLong()),
        List.of());
  }

  private CallHint memory() {
    return random.nextInt(3) == 0 ? CallHint.NONE : new CallHint("internal", "P30D");
  }

  private void call(GovernedSession session) {
    String tool = TOOLS.get(random.nextInt(TOOLS.size()));
    ToolCall call =
        ToolCall.of(tool, ToolArguments.ofJson(arguments()))
            .withId("call_" + Long.toHexString(random.nextLong()));
    Decision decision = session.before(call);
    session.after(
        decision.call(), ToolResult.ofText("x".repeat(random.nextInt(20, 900))).with(hint()));
  }

  private String arguments() {
    return String.format(
        "{\"customer\":\"c-%d\",\"to\":\"%s\",\"limit\":%d,\"fields\":[\"name\",\"plan\"]}",
        random.nextInt(100_000),
        random.nextInt(30) == 0 ? "ada@mail.example" : "ada@acme.example",
        random.nextInt(1000));
  }

  private ResultHint hint() {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return ResultHint.NONE;
    }
    return ResultHint.classified(kind == 1 ? "confidential" : "internal");
  }

  private String uuid() {
    long version4 = (random.nextLong() & ~0xf000L) | 0x4000L;
    long variant = (random.nextLong() & ~(0xc0L << 56)) | (0x80L << 56);
    return new UUID(version4, variant).toString();
  }
}
