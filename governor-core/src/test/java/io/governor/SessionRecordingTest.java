package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SessionRecordingTest {

  private static final Agent BOT = Agent.named("bot").version("1").vendor("acme");
  private static final String CANARY = "canary-7f3a-value";

  @Test
  void aChangedOrShadowedToolIsOnRecordWithoutAPolicyAndDecidesNothing() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = Governor.builder().trace(trace).build();
        GovernedSession session = governor.session().open()) {
      ToolCall call = ToolCall.of("mcp__files__read", ToolArguments.empty());
      Decision changed = session.before(call.withHint(CallHint.ofTool(true, false)));
      Decision shadowed = session.before(call.withHint(CallHint.ofTool(false, true)));

      assertThat(changed.verdict()).isEqualTo(Verdict.ALLOW);
      assertThat(changed.action()).isEqualTo(Action.PROCEED);
      assertThat(changed.violations()).contains("GOV-006");
      assertThat(shadowed.violations()).doesNotContain("GOV-006");
      assertThat(shadowed.flags()).contains(AdvisoryFlag.TOOL_SHADOWED);
    }
  }

  @Test
  void aCallLeavesScopeBeforeAndSnapshotAfterBehindTheSessionsStart() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = governor(trace).build();
        GovernedSession session = governor.session().intent(Intent.explicit("x", "crm")).open()) {
      Decision decision = session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
      session.after(decision.call(), ToolResult.ofText("found"));
    }

    assertThat(types(trace))
        .containsExactly(
            EventType.AGENT_REGISTERED,
            EventType.INTENT_DECLARED,
            EventType.SCOPE_ASSERTED,
            EventType.CONTEXT_SNAPSHOT);
    assertUnbroken(trace.events());
    assertThat(callIds(trace)).hasSize(2).doesNotContainNull();
    assertThat(callIds(trace).get(0)).isEqualTo(callIds(trace).get(1));
  }

  @Test
  void aResultThatNoRuleLooksAtIsRecordedByItsSizeAlone() {
    Sinks.Recording trace = new Sinks.Recording();
    Rule rule = Rule.named("ACME-101").tools("crm.*").onResult().mode(Mode.OBSERVE).deny();
    try (Governor governor =
            governor(trace).rules(rule).classify("hr.*", result -> ResultHint.NONE).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.looksAtResults("crm.lookup")).isTrue();
      assertThat(session.looksAtResults("hr.lookup")).as("the host's own function").isTrue();
      assertThat(session.looksAtResults("files.read")).isFalse();

      Decision decision = session.before(ToolCall.of("files.read", ToolArguments.empty()));
      Decision after = session.after(decision.call(), ToolResult.ofSize(50_000_000));
      assertThat(after.action()).isEqualTo(Action.PROCEED);
    }

    assertThat(ofType(trace, EventType.CONTEXT_SNAPSHOT).get(0).payload())
        .isInstanceOfSatisfying(
            ContextSnapshot.class,
            snapshot -> assertThat(snapshot.contextSizeTokens()).isEqualTo(12_500_000));
  }

  @Test
  void theHostsCallIdIsRecordedAndOneOfOursOnlyAsGovernorsOwn() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = governor(trace).build();
        GovernedSession session = governor.session().open()) {
      session.before(ToolCall.of("a.b", ToolArguments.empty()).withId("call-1"));
      session.before(ToolCall.of("a.b", ToolArguments.empty()));
    }

    List<TraceEvent> scopes = ofType(trace, EventType.SCOPE_ASSERTED);
    assertThat(scopes.get(0).payload()).extracting("toolUseId").isEqualTo("call-1");
    assertThat(scopes.get(1).payload()).extracting("toolUseId").isNull();
    assertThat(Objects.requireNonNull(scopes.get(1).governor()).callId()).isNotEmpty();
  }

  /** On other surfaces than hooks the host hands back the call that the decision gave it. */
  @Test
  void aResultCarriesTheHostsCallIdAndNeverOneOfOurs() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = governor(trace).build();
        GovernedSession session = governor.session().open()) {
      for (String id : Arrays.asList("call-1", null)) {
        ToolCall call = ToolCall.of("a.b", ToolArguments.empty()).withId(id);
        session.after(session.before(call).call(), ToolResult.ofText("done"));
      }
    }

    List<TraceEvent> snapshots = ofType(trace, EventType.CONTEXT_SNAPSHOT);
    assertThat(snapshots.get(0).payload()).extracting("toolUseId").isEqualTo("call-1");
    assertThat(snapshots.get(1).payload()).extracting("toolUseId").isNull();
    assertThat(callIds(trace).get(2)).isEqualTo(callIds(trace).get(3)).isNotEqualTo("call-1");
  }

  @Test
  void aCallGovernedTwiceKeepsTheIdItGotFirst() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = governor(trace).build();
        GovernedSession session = governor.session().open()) {
      Decision outer = session.before(ToolCall.of("a.b", ToolArguments.empty()));
      Decision inner = session.before(outer.call().withHint(new CallHint("internal", null)));

      assertThat(inner.call().id()).isEqualTo(outer.call().id());
    }
    assertThat(ofType(trace, EventType.SCOPE_ASSERTED).get(1).payload())
        .extracting("toolUseId")
        .isNull();
  }

  @Test
  void aWriteToAPersistentPlaceIsOnRecordBeforeItRuns() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = governor(trace).build();
        GovernedSession session = governor.session().open()) {
      session.before(
          ToolCall.of("memory.put", ToolArguments.of(Map.of("k", "v")))
              .withHint(new CallHint("internal", null)));
    }

    TraceEvent memory = ofType(trace, EventType.MEMORY_WRITE_ATTEMPT).get(0);
    assertThat(memory.payload())
        .isEqualTo(
            new MemoryWriteAttempt(
                "write_to_persistence_target",
                "tool_metadata",
                "memory",
                "internal",
                2,
                null,
                null));
    assertThat(memory.violations()).containsExactly("POL-004");
    assertThat(memory.flags()).containsExactly(AdvisoryFlag.MEMORY_WRITE_CANDIDATE);
  }

  @Test
  void aFailedCallLeavesNoSnapshot() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = governor(trace).build();
        GovernedSession session = governor.session().open()) {
      Decision decision = session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
      session.after(decision.call(), ToolResult.failure());
    }

    assertThat(types(trace)).doesNotContain(EventType.CONTEXT_SNAPSHOT);
  }

  @Test
  void whatTheModelIsToldOfAFailureIsJudgedAndRecordedOnlyWhereARuleMatches() {
    Sinks.Recording trace = new Sinks.Recording();
    Rule rule =
        Rule.named("ACME-101")
            .mode(Mode.ENFORCE)
            .tools("mail.*")
            .redactResult(result -> ToolResult.ofText("[gone]"));
    try (Governor governor = governor(trace).rules(rule).build();
        GovernedSession session = governor.session().open()) {
      Decision read = session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
      Decision quiet = session.after(read.call(), ToolResult.failure("no such customer"));
      Decision mail = session.before(ToolCall.of("mail.send", ToolArguments.empty()));
      Decision told = session.after(mail.call(), ToolResult.failure("password is hunter2"));

      assertThat(quiet.action()).isEqualTo(Action.PROCEED);
      assertThat(told.action()).isEqualTo(Action.REWRITE);
      assertThat(Objects.requireNonNull(told.result()).text()).isEqualTo("[gone]");
    }

    List<TraceEvent> snapshots =
        trace.events().stream()
            .filter(event -> event.type().equals(EventType.CONTEXT_SNAPSHOT))
            .toList();
    assertThat(snapshots).hasSize(1);
    assertThat(snapshots.get(0).violations()).containsExactly("ACME-101");
    assertThat(snapshots.get(0).flags()).isEmpty();
  }

  @Test
  void aCallOfAToolThatDoesNotExistIsJudgedLikeAnyOtherAndFlagged() {
    Sinks.Recording trace = new Sinks.Recording();
    Rule rule = Rule.named("ACME-101").mode(Mode.ENFORCE).tools("crm.drop*").deny();
    try (Governor governor = governor(trace).rules(rule).build();
        GovernedSession session = governor.session().open()) {
      ToolCall call = ToolCall.of("crm.dropAll", ToolArguments.empty());

      assertThat(session.before(call.withHint(CallHint.UNKNOWN_TOOL)).refused()).isTrue();
    }

    TraceEvent scope = trace.events().get(2);
    assertThat(scope.flags()).contains(AdvisoryFlag.TOOL_UNKNOWN);
    assertThat(scope.violations()).contains("ACME-101");
    assertThat(scope.passThrough()).isFalse();
  }

  @Test
  void theSnapshotDescribesTheResultAndEmptyListsAreKept() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = governor(trace).build();
        GovernedSession session = governor.session().open()) {
      ToolCall call = ToolCall.of("crm.lookup", ToolArguments.ofJson("{\"a\":1}"));
      Decision decision = session.before(call);
      session.after(decision.call(), ToolResult.ofText("x".repeat(398)));
      ResultHint none = new ResultHint(List.of(), null, List.of(), null, null, null);
      session.after(decision.call(), ToolResult.ofText("y").with(none));
    }

    List<TraceEvent> snapshots = ofType(trace, EventType.CONTEXT_SNAPSHOT);
    ContextSnapshot byDefault = (ContextSnapshot) snapshots.get(0).payload();
    assertThat(byDefault.contextSizeTokens()).isEqualTo(100);
    assertThat(byDefault.classificationSource()).isEqualTo("unclassified");
    assertThat(byDefault.provenance()).containsExactly("crm");
    ContextSnapshot onPurpose = (ContextSnapshot) snapshots.get(1).payload();
    assertThat(onPurpose.classificationSource()).isEqualTo("explicit");
    assertThat(onPurpose.provenance()).isEmpty();
  }

  /**
   * One reading of the clock gives the whole stamp: a reading that jumps never yields a stamp
   * before its predecessor's.
   */
  @Test
  void everyEventReadsTheClockOnce() {
    Deque<Instant> readings = new ArrayDeque<>();
    for (int i = 0; i < 4; i++) {
      readings.add(Instant.parse("2026-04-14T09:00:00.999Z").plusMillis(i));
    }
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = governor(trace).clock(readings::removeFirst).build();
        GovernedSession session = governor.session().open()) {
      session.start();
      session.declare(Intent.explicit("x"));
      session.persist("disk", CallHint.NONE, 1);
    }

    assertThat(trace.events().stream().map(TraceEvent::timestamp))
        .containsExactly(
            Instant.parse("2026-04-14T09:00:00.999Z"),
            Instant.parse("2026-04-14T09:00:01.000Z"),
            Instant.parse("2026-04-14T09:00:01.001Z"),
            Instant.parse("2026-04-14T09:00:01.002Z"));
  }

  static Stream<Arguments> failingTraces() {
    return Stream.of(
        Arguments.of("once", (IntPredicate) attempt -> attempt == 3),
        Arguments.of("first", (IntPredicate) attempt -> attempt == 1),
        Arguments.of("every other time", (IntPredicate) attempt -> attempt % 2 == 0),
        Arguments.of("from the fifth on", (IntPredicate) attempt -> attempt >= 5),
        Arguments.of("always", (IntPredicate) attempt -> true));
  }

  @ParameterizedTest(name = "a trace that fails {0}")
  @MethodSource("failingTraces")
  void leavesNoGapAndNoDanglingLinkAndCountsWhatIsLost(String name, IntPredicate fails) {
    Sinks.Recording trace = new Sinks.Recording(fails);
    List<TraceEvent> handedOn = new ArrayList<>();
    Governor governor = governor(trace).sink(handedOn::add).build();
    try (governor;
        GovernedSession session = governor.session().open()) {
      for (int i = 0; i < 6; i++) {
        Decision decision = session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
        assertThat(decision.action()).isEqualTo(Action.PROCEED);
        session.after(decision.call(), ToolResult.ofText("ok"));
      }
    }

    assertUnbroken(trace.events());
    assertThat(handedOn).isEqualTo(trace.events());
    GovernorHealth health = governor.health();
    long lost = health.lost().values().stream().mapToLong(Long::longValue).sum();
    assertThat(health.written() + lost).isEqualTo(14);
    assertThat(health.written()).isEqualTo(trace.events().size());
    assertThat(toldLosses(trace) + lossesAtTheEnd(trace, fails)).isEqualTo(lost);
  }

  private static long toldLosses(Sinks.Recording trace) {
    return trace.events().stream()
        .map(event -> Objects.requireNonNull(event.governor()).lost())
        .mapToLong(lost -> lost.values().stream().mapToLong(Long::longValue).sum())
        .sum();
  }

  private static long lossesAtTheEnd(Sinks.Recording trace, IntPredicate fails) {
    long count = 0;
    for (int attempt = trace.attempts(); attempt > 0 && fails.test(attempt); attempt--) {
      count++;
    }
    return count;
  }

  @Test
  void anAdditionalSinkThatFailsCostsNothingButItself() {
    Sinks.Recording trace = new Sinks.Recording();
    TraceSink broken =
        event -> {
          throw new IllegalStateException(CANARY);
        };
    try (Governor governor = governor(trace).sink(broken).build();
        GovernedSession session = governor.session().open()) {
      assertThatCode(() -> session.before(ToolCall.of("a", ToolArguments.empty())))
          .doesNotThrowAnyException();
      assertThat(governor.health().sinkFailures()).isEqualTo(3);
    }
    assertThat(trace.events()).hasSize(3);
  }

  @Test
  void aSinkThatFailsInEverySessionIsSaidTwiceAndNotPerSession() {
    Sinks.Recording healthy = new Sinks.Recording();
    Sinks.Recording flaky = new Sinks.Recording(attempt -> attempt % 9 < 4);
    try (StandardError warnings = StandardError.capture();
        Governor governor = governor(new Sinks.Recording()).sink(flaky).sink(healthy).build()) {
      for (int i = 0; i < 300; i++) {
        try (GovernedSession session = governor.session().open()) {
          session.before(ToolCall.of("a", ToolArguments.empty()));
        }
      }

      assertThat(governor.health().sinkFailures()).isEqualTo(400);
      assertThat(warnings.lines().filter(line -> line.contains("GOVERNANCE_ERROR")))
          .satisfiesExactly(
              first -> assertThat(first).contains("warning: an additional sink failed"),
              third -> assertThat(third).contains("degraded: an additional sink failed"));
    }
    assertThat(healthy.events()).hasSize(900);
  }

  @Test
  void aSessionClosedByItsOwnerRecordsNothingMoreAndSaysSo() {
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor = governor(trace).build()) {
      GovernedSession session = governor.session().open();
      session.start();
      session.close();
      session.close();

      Decision decision = session.before(ToolCall.of("a", ToolArguments.empty()));

      assertThat(decision.action()).isEqualTo(Action.PROCEED);
      assertThat(trace.events()).hasSize(2);
      assertThat(governor.health().lost()).containsEntry("closed", 1L);
    }
  }

  @Test
  void lateCallsOnClosedSessionsKeepNoneOfThemOpenAndAreSaidOnce() {
    Sinks.Recording trace = new Sinks.Recording();
    try (StandardError warnings = StandardError.capture();
        Governor governor = governor(trace).build()) {
      for (int i = 0; i < 100; i++) {
        GovernedSession session = governor.session().open();
        Decision decision = session.before(ToolCall.of("a", ToolArguments.empty()));
        session.close();
        session.after(decision.call(), ToolResult.ofText("late"));
      }

      GovernorHealth health = governor.health();
      assertThat(health.openSessions()).isZero();
      assertThat(health.lost()).containsExactly(Map.entry("closed", 100L));
      assertThat(health.untold()).containsExactly(Map.entry("closed", 100L));
      assertThat(warnings.lines().filter(line -> line.contains("GOVERNANCE_ERROR"))).hasSize(1);
    }
  }

  @Test
  void anIdleSessionIsClosedAndGoesOnWhereItStopped() {
    AtomicLong nanos = new AtomicLong();
    Sinks.Recording trace = new Sinks.Recording();
    try (Governor governor =
        governor(trace).nanoTime(nanos::get).idleTimeout(Duration.ofMinutes(10)).build()) {
      GovernedSession session = governor.session().open();
      session.before(ToolCall.of("a", ToolArguments.empty()));
      nanos.addAndGet(Duration.ofMinutes(9).toNanos());
      assertThat(governor.closeIdleSessions()).isTrue();
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      assertThat(governor.closeIdleSessions()).isFalse();
      assertThat(governor.health().openSessions()).isZero();

      session.before(ToolCall.of("b", ToolArguments.empty()));

      assertThat(governor.health().openSessions()).isEqualTo(1);
    }
    assertThat(trace.events()).hasSize(4);
    assertUnbroken(trace.events());
  }

  @Test
  void sessionsOfOneAgentRunSideBySide() throws Exception {
    Sinks.Recording trace = new Sinks.Recording();
    int threads = 8;
    int calls = 200;
    CountDownLatch go = new CountDownLatch(1);
    try (Governor governor = governor(trace).build()) {
      GovernedSession shared = governor.session().id("shared").open();
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        GovernedSession own = governor.session().open();
        workers.add(
            new Thread(
                () -> {
                  try {
                    go.await();
                    for (int call = 0; call < calls; call++) {
                      GovernedSession session = call % 2 == 0 ? own : shared;
                      Decision decision =
                          session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
                      session.after(decision.call(), ToolResult.ofText("ok"));
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
      }
      workers.forEach(Thread::start);
      go.countDown();
      for (Thread worker : workers) {
        worker.join();
      }
    }

    Map<String, List<TraceEvent>> bySession =
        trace.events().stream()
            .collect(java.util.stream.Collectors.groupingBy(TraceEvent::sessionId));
    assertThat(bySession).hasSize(threads + 1);
    bySession.values().forEach(SessionRecordingTest::assertUnbroken);
    assertThat(bySession.get("shared")).hasSize(2 + threads * calls);
  }

  @Test
  void noValueOfACallIsOnRecordOrInAText() {
    Sinks.Recording trace = new Sinks.Recording();
    Rule leaky = Rule.named("TST-001").when(facts -> facts.text("/secret").contains("x")).warn();
    try (Governor governor = governor(trace).rules(leaky).build();
        GovernedSession session = governor.session().intent(Intent.none()).open()) {
      ToolArguments arguments = ToolArguments.ofJson("{\"secret\":\"" + CANARY + "\"}");
      ToolCall call = ToolCall.of("memory.put", arguments);
      Decision decision = session.before(call);
      ToolResult result = ToolResult.of(Map.of("text", CANARY));
      Decision after = session.after(decision.call(), result);

      for (Object shown : List.of(arguments, call, decision, result, after, session)) {
        assertThat(shown.toString()).doesNotContain(CANARY);
      }
    }
    for (TraceEvent event : trace.events()) {
      io.governor.json.JsonWriter line = new io.governor.json.JsonWriter(100);
      io.governor.event.EventEncoder.encode(event, line);
      assertThat(new String(line.toByteArray(), java.nio.charset.StandardCharsets.US_ASCII))
          .doesNotContain(CANARY);
    }
  }

  @Test
  void aResultForACallThatWasBlockedIsFlagged() {
    Sinks.Recording trace = new Sinks.Recording();
    Rule deny = Rule.named("TST-001").mode(Mode.ENFORCE).deny();
    try (Governor governor = governor(trace).rules(deny).build();
        GovernedSession session = governor.session().open()) {
      Decision decision = session.before(ToolCall.of("a", ToolArguments.empty()));
      session.after(decision.call(), ToolResult.ofText("it ran all the same"));
    }

    TraceEvent snapshot = ofType(trace, EventType.CONTEXT_SNAPSHOT).get(0);
    assertThat(snapshot.flags()).contains(AdvisoryFlag.ENFORCEMENT_BYPASSED);
    assertThat(snapshot.passThrough()).isTrue();
  }

  @Test
  void aBlockedCallsIdThatALaterCallMayRunWithIsNoBypass() {
    Sinks.Recording trace = new Sinks.Recording();
    Rule deny = Rule.named("TST-001").tools("wipe").mode(Mode.ENFORCE).deny();
    try (Governor governor = governor(trace).rules(deny).build();
        GovernedSession session = governor.session().open()) {
      for (String tool : List.of("wipe", "read", "wipe")) {
        ToolCall call = ToolCall.of(tool, ToolArguments.empty()).withId("call-1");
        session.before(call);
        session.after(call, ToolResult.ofText("done"));
      }
    }

    assertThat(ofType(trace, EventType.CONTEXT_SNAPSHOT))
        .extracting(event -> event.flags().contains(AdvisoryFlag.ENFORCEMENT_BYPASSED))
        .containsExactly(true, false, true);
  }

  @Test
  void aTurnLearnedAfterwardsIsRecordedOnceAndJudgedByNothing() {
    Sinks.Recording trace = new Sinks.Recording();
    TokenUsage usage =
        new TokenUsage(2L, 319L, 38631L, 330L, null, "m", "anthropic", "t1", List.of("c1"));
    try (Governor governor = governor(trace).build();
        GovernedSession session = governor.session().open()) {
      session.recordTurn(usage, "transcript");
      session.recordTurn(usage, "transcript");
    }

    List<TraceEvent> turns = ofType(trace, EventType.CONTEXT_SNAPSHOT);
    assertThat(turns).hasSize(1);
    assertThat(turns.get(0).flags()).isEmpty();
    assertThat(turns.get(0).violations()).isEmpty();
    assertThat(((ContextSnapshot) turns.get(0).payload()).contextSizeTokens()).isEqualTo(39282);
  }

  private static GovernorBuilder governor(TraceSink trace) {
    return Governor.builder().agent(BOT).trace(trace);
  }

  private static List<EventType> types(Sinks.Recording trace) {
    return trace.events().stream().map(TraceEvent::type).toList();
  }

  private static List<TraceEvent> ofType(Sinks.Recording trace, EventType type) {
    return trace.events().stream().filter(event -> event.type().equals(type)).toList();
  }

  private static List<String> callIds(Sinks.Recording trace) {
    return trace.events().stream()
        .map(event -> Objects.requireNonNull(event.governor()).callId())
        .filter(Objects::nonNull)
        .toList();
  }

  static void assertUnbroken(List<TraceEvent> events) {
    String previous = null;
    long sequence = 0;
    for (TraceEvent event : events) {
      assertThat(event.sequence()).isEqualTo(++sequence);
      assertThat(event.previousEventId()).isEqualTo(previous);
      previous = event.eventId();
    }
  }
}
