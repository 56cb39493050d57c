package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Agent;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Origin;
import io.governor.RuleHit;
import io.governor.RuleId;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.Verdict;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The evaluator, with its indexes, caches and windows, says what a slow and simple one says. One
 * hundred thousand pairs of policy and call; a failure prints the seed, and {@code
 * -Dgovernor.seed=N} runs it again.
 */
class PolicyAgreementTest {

  private static final int POLICIES = 2_000;
  private static final int CALLS = 50;
  private static final Instant START = Instant.parse("2026-03-28T22:00:00Z");

  private final PrintStream standardError = System.err;

  /** Each of the thousands of governors would log once per rule that cannot be evaluated. */
  @BeforeEach
  void logsNothing() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void logsAgain() {
    System.setErr(standardError);
  }

  @Test
  void theEvaluatorAgreesWithTheNaiveOneWhateverTheOrderOfRules() {
    long seed = Long.getLong("governor.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < POLICIES; i++) {
      SplittableRandom own = random.split();
      compare(new RandomCalls(own), own, "seed " + seed + ", policy " + i);
    }
  }

  private static void compare(RandomCalls policies, SplittableRandom random, String where) {
    Policy policy = policies.policy();
    NaiveEvaluator naive = new NaiveEvaluator(policy);
    Instant[] now = {START};
    try (Governor governor = governor(policy, now);
        Governor shuffled = governor(policies.shuffled(policy), now);
        Governor caching = caching(policy, now)) {
      Map<String, GovernedSession> sessions = new HashMap<>();
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        now[0] = now[0].plusMillis(random.nextInt(6_000));
        boolean again = i > 0 && random.nextInt(3) == 0;
        Call call = again ? calls.get(random.nextInt(i)) : Call.random(policies, random);
        calls.add(call);
        if (random.nextInt(20) == 0) {
          String released = call.agent() + call.session();
          naive.release(released);
          List.of(governor, shuffled, caching).forEach(each -> each.release(released));
        }
        NaiveEvaluator.Answer expected = naive.judge(call.naive(now[0]));
        for (Governor each : List.of(governor, shuffled, caching)) {
          Decision decision = call.judgedBy(each, sessions);
          assertThat(answer(decision)).as("%s, call %d: %s", where, i, call).isEqualTo(expected);
        }
      }
    }
  }

  private static Governor caching(Policy policy, Instant[] now) {
    return Governor.builder()
        .policy(policy)
        .cache(16)
        .trace(event -> {})
        .clock(() -> now[0])
        .build();
  }

  private static Governor governor(Policy policy, Instant[] now) {
    return Governor.builder().policy(policy).trace(event -> {}).clock(() -> now[0]).build();
  }

  private static NaiveEvaluator.Answer answer(Decision decision) {
    Map<RuleId, Verdict> rules = new TreeMap<>();
    for (RuleHit hit : decision.rules()) {
      rules.put(hit.id(), hit.effect());
    }
    return new NaiveEvaluator.Answer(
        rules,
        new java.util.TreeSet<>(decision.failedRules()),
        decision.verdict(),
        !decision.refused());
  }

  /** One call, in the words of both sides. */
  private record Call(
      String agent,
      String session,
      Origin origin,
      String tool,
      Map<String, Object> arguments,
      boolean readable) {

    static Call random(RandomCalls policies, SplittableRandom random) {
      return new Call(
          policies.one(RandomCalls.AGENTS),
          policies.one(List.of("s1", "s2")),
          policies.one(List.of(Origin.API, Origin.MCP)),
          policies.one(RandomCalls.TOOLS),
          policies.arguments(),
          random.nextInt(20) > 0);
    }

    NaiveEvaluator.Call naive(Instant now) {
      return new NaiveEvaluator.Call(
          agent,
          agent + origin + session,
          agent + session,
          origin,
          tool,
          operation(),
          readable ? arguments : null,
          now);
    }

    private io.governor.Operation operation() {
      return switch (tool) {
        case "a.write", "b.send", "b.send2" -> io.governor.Operation.WRITE;
        case "Bash", "mcp__srv__run" -> io.governor.Operation.EXECUTE;
        default -> io.governor.Operation.READ;
      };
    }

    Decision judgedBy(Governor governor, Map<String, GovernedSession> sessions) {
      GovernedSession open =
          sessions.computeIfAbsent(
              System.identityHashCode(governor) + agent + origin + session,
              key ->
                  governor
                      .session()
                      .id(agent + session)
                      .agent(Agent.named(agent))
                      .origin(origin)
                      .open());
      String json = WrittenNumber.json(arguments);
      return open.before(ToolCall.of(tool, ToolArguments.ofJson(readable ? json : json + json)));
    }
  }
}
