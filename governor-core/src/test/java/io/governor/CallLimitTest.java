package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits let through what they say and nothing more, whoever calls and however many at once. */
class CallLimitTest {

  private static final ToolCall REFUND = ToolCall.of("refund.create", ToolArguments.empty());
  private static final int THREADS = 64;

  private Instant now = Instant.parse("2026-05-04T10:00:00Z");

  @TempDir private Path home;

  @Test
  void theWindowSlides() {
    try (Governor governor = governor(limit(2, 60, CallLimit.Scope.SESSION));
        GovernedSession session = governor.session().open()) {
      assertThat(runs(session)).isTrue();
      now = now.plusSeconds(40);
      assertThat(runs(session)).isTrue();
      now = now.plusSeconds(19);
      assertThat(runs(session)).as("both are within a minute").isFalse();
      now = now.plusSeconds(1);
      assertThat(runs(session)).as("the first has just left it").isTrue();
      assertThat(runs(session)).as("the second has not").isFalse();
      now = now.plusSeconds(60);
      assertThat(runs(session)).isTrue();
    }
  }

  @Test
  void callsThatOtherRulesRefuseCountForNothing() {
    Rule tooMuch =
        Rule.named("TST-002")
            .when(facts -> facts.number("/amount") > 100)
            .mode(Mode.ENFORCE)
            .deny();
    ToolCall large = ToolCall.of("refund.create", ToolArguments.ofJson("{\"amount\": 500}"));
    try (Governor governor = governor(limit(1, 60, CallLimit.Scope.SESSION), tooMuch);
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(large).message()).contains("TST-002");
      assertThat(session.before(large).message()).contains("TST-002");
      assertThat(runs(session)).isTrue();
      assertThat(runs(session)).isFalse();
    }
  }

  @Test
  void aLimitThatOnlyObservesIsRecordedForTheCallsBeyondIt() {
    Rule observed =
        Rule.named("TST-001")
            .limit(limit(2, 60, CallLimit.Scope.SESSION))
            .mode(Mode.OBSERVE)
            .deny();
    try (Governor governor =
            Governor.builder().trace(e -> {}).clock(() -> now).rules(observed).build();
        GovernedSession session = governor.session().open()) {
      List<Integer> hits = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Decision decision = session.before(REFUND);
        assertThat(decision.action()).isEqualTo(Action.PROCEED);
        hits.add(decision.rules().size());
      }
      assertThat(hits).containsExactly(0, 0, 1, 1);
    }
  }

  @Test
  void onlyMatchingCallsCount() {
    Rule large =
        Rule.named("TST-001")
            .when(facts -> facts.number("/amount") > 100)
            .limit(limit(1, 60, CallLimit.Scope.SESSION))
            .mode(Mode.ENFORCE)
            .deny();
    try (Governor governor =
            Governor.builder().trace(e -> {}).clock(() -> now).rules(large).build();
        GovernedSession session = governor.session().open()) {
      ToolCall small = ToolCall.of("refund.create", ToolArguments.ofJson("{\"amount\": 5}"));
      ToolCall big = ToolCall.of("refund.create", ToolArguments.ofJson("{\"amount\": 500}"));
      assertThat(session.before(small).refused()).isFalse();
      assertThat(session.before(big).refused()).isFalse();
      assertThat(session.before(big).refused()).isTrue();
      assertThat(session.before(small).refused()).isFalse();
    }
  }

  @Test
  void whoseCallsAreCountedTogether() {
    try (Governor governor =
        governor(
            rule("TST-001", limit(1, 60, CallLimit.Scope.SESSION), "a"),
            rule("TST-002", limit(1, 60, CallLimit.Scope.AGENT), "b"),
            rule("TST-003", limit(1, 60, CallLimit.Scope.INSTALLATION), "c"))) {
      GovernedSession first = governor.session().agent(Agent.named("one")).open();
      GovernedSession second = governor.session().agent(Agent.named("one")).open();
      GovernedSession other = governor.session().agent(Agent.named("two")).open();

      assertThat(runs(first, "a") && runs(second, "a") && runs(other, "a")).isTrue();
      assertThat(runs(first, "b")).isTrue();
      assertThat(runs(second, "b")).isFalse();
      assertThat(runs(other, "b")).isTrue();
      assertThat(runs(first, "c")).isTrue();
      assertThat(runs(second, "c") || runs(other, "c")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(CallLimit.Scope.class)
  void manyThreadsNeverExceedALimit(CallLimit.Scope scope) throws Exception {
    try (Governor governor = governor(limit(100, 3600, scope));
        GovernedSession session = governor.session().id("shared-by-all").open()) {
      assertThat(letThrough(governor, scope == CallLimit.Scope.SESSION ? session : null))
          .isEqualTo(100);
    }
  }

  /** Every thread has a session of its own unless one is given. */
  private static int letThrough(Governor governor, GovernedSession shared) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        work.add(
            () -> {
              GovernedSession session = shared == null ? governor.session().open() : shared;
              int ran = 0;
              for (int call = 0; call < 50; call++) {
                ran += runs(session) ? 1 : 0;
              }
              return ran;
            });
      }
      int total = 0;
      for (Future<Integer> done : threads.invokeAll(work)) {
        total += done.get();
      }
      return total;
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void governorsThatShareAStateRootShareTheLimit() throws Exception {
    Rule rule = rule("TST-001", limit(40, 3600, CallLimit.Scope.INSTALLATION), "*");
    int ran = 0;
    for (int i = 0; i < 3; i++) {
      try (Governor governor =
          Governor.builder().stateRoot(home).trace(e -> {}).sharedLimits().rules(rule).build()) {
        ran += i == 1 ? letThrough(governor, null) : 0;
        try (GovernedSession session = governor.session().open()) {
          for (int call = 0; call < 15; call++) {
            ran += runs(session) ? 1 : 0;
          }
        }
      }
    }
    assertThat(ran).isEqualTo(40);
  }

  @Test
  void aLimitThatCannotBeCountedFollowsOnError() throws IOException {
    Path file = Files.createFile(home.resolve("not-a-folder"));
    Rule denies = rule("TST-001", limit(5, 60, CallLimit.Scope.AGENT), "a");
    Rule allows =
        Rule.named("TST-002")
            .tools("b")
            .limit(limit(5, 60, CallLimit.Scope.AGENT))
            .onError(Rule.OnError.ALLOW)
            .mode(Mode.ENFORCE)
            .deny();
    try (Governor governor =
            Governor.builder()
                .stateRoot(file)
                .trace(e -> {})
                .sharedLimits()
                .rules(denies, allows)
                .build();
        GovernedSession session = governor.session().open()) {
      Decision denied = session.before(ToolCall.of("a", ToolArguments.empty()));
      Decision allowed = session.before(ToolCall.of("b", ToolArguments.empty()));

      assertThat(denied.refused()).isTrue();
      assertThat(denied.failedRules()).containsExactly(RuleId.of("TST-001"));
      assertThat(allowed.refused()).isFalse();
      assertThat(allowed.failedRules()).containsExactly(RuleId.of("TST-002"));
    }
  }

  @Test
  void memoryIsBoundedWhateverTheNumberOfSessions() {
    MemoryCallCounters counters = new MemoryCallCounters(() -> 0);
    for (int i = 0; i < 3 * MemoryCallCounters.MOST_WINDOWS; i++) {
      counters.count(
          List.of(new CallCounters.Window("session/" + i, 10, Duration.ofHours(1))), full -> true);
    }
    assertThat(counters.size()).isEqualTo(MemoryCallCounters.MOST_WINDOWS);
  }

  @Test
  void aWindowSaysWhatAListOfAllTimesSays() {
    long seed = Long.getLong("governor.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      CallCounters.Window window =
          new CallCounters.Window(
              "k",
              1 + random.nextInt(12),
              Duration.of(1_000 + random.nextInt(5_000), ChronoUnit.MICROS));
      SlidingWindow sliding = new SlidingWindow(window);
      List<Long> all = new ArrayList<>();
      long time = 0;
      for (int call = 0; call < 60; call++) {
        time += random.nextInt(900);
        long at = time;
        boolean full =
            all.stream().filter(each -> each + window.within().toNanos() / 1_000 > at).count()
                >= window.calls();
        assertThat(sliding.isFull(at))
            .as("seed %d, round %d, call %d", seed, round, call)
            .isEqualTo(full);
        if (random.nextInt(3) > 0) {
          sliding.count(at);
          all.add(at);
        }
      }
    }
  }

  @Test
  void boundsAreNamed() {
    assertThatThrownBy(() -> limit(0, 60, CallLimit.Scope.AGENT))
        .hasMessage("limit: calls: expected 1 to 100000");
    assertThatThrownBy(() -> new CallLimit(1, Duration.ofMillis(5), CallLimit.Scope.AGENT))
        .hasMessage("limit: within: expected 1 second to 31 days");
  }

  private Governor governor(CallLimit limit, Rule... more) {
    List<Rule> rules = new ArrayList<>(List.of(more));
    rules.add(rule("TST-001", limit, "*"));
    return governor(rules.toArray(Rule[]::new));
  }

  private Governor governor(Rule... rules) {
    return Governor.builder().trace(event -> {}).clock(() -> now).rules(rules).build();
  }

  private static Rule rule(String id, CallLimit limit, String tool) {
    return Rule.named(id).tools(tool).limit(limit).mode(Mode.ENFORCE).deny();
  }

  private static CallLimit limit(int calls, int seconds, CallLimit.Scope per) {
    return new CallLimit(calls, Duration.ofSeconds(seconds), per);
  }

  private static boolean runs(GovernedSession session) {
    return !session.before(REFUND).refused();
  }

  private static boolean runs(GovernedSession session, String tool) {
    return !session.before(ToolCall.of(tool, ToolArguments.empty())).refused();
  }
}
