package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Mode;
import io.governor.Operation;
import io.governor.Origin;
import io.governor.RuleId;
import io.governor.Verdict;
import io.governor.yaml.KeyPath;
import io.governor.yaml.Place;
import io.governor.yaml.YamlNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What the review accuses a rule of is so: the naive evaluator, which knows nothing of the review,
 * tries random calls against random policies. A failure prints the seed, and {@code
 * -Dgovernor.seed=N} runs it again.
 */
class RuleReviewPropertiesTest {

  private static final int POLICIES = 1_000;
  private static final int CALLS = 60;
  private static final Instant START = Instant.parse("2026-03-28T22:00:00Z");

  private final long seed = Long.getLong("governor.seed", System.nanoTime());

  @Test
  void a_rule_that_is_called_unreachable_never_matches() {
    SplittableRandom random = new SplittableRandom(seed);
    int unreachable = 0;
    for (int i = 0; i < POLICIES; i++) {
      RandomCalls source = new RandomCalls(random.split());
      for (PolicyRule rule : source.policy().rules()) {
        Condition when = rule.when();
        if (when != null && UnreachableRule.reason(rule.tools(), when, new Effort()) != null) {
          unreachable++;
          assertNeverMatches(rule, when, source, random.split(), "seed " + seed + ", policy " + i);
        }
      }
    }
    assertThat(unreachable).as("seed %d: rules that are unreachable", seed).isGreaterThan(100);
  }

  @Test
  void comparisons_that_are_called_contradictory_leave_no_value() {
    SplittableRandom random = new SplittableRandom(seed);
    int contradictory = 0;
    for (int i = 0; i < 20 * POLICIES; i++) {
      RandomCalls source = new RandomCalls(random.split());
      Condition when = new Condition.All(source.comparisonsOfOneArgument());
      PolicyRule rule = PolicyRule.named("TST-000").tools("*").when(when).warn();
      if (UnreachableRule.reason(rule.tools(), when, new Effort()) != null) {
        contradictory++;
        assertNeverMatches(rule, when, source, random.split(), "seed " + seed + ", set " + i);
      }
    }
    assertThat(contradictory).as("seed %d: contradictory sets", seed).isGreaterThan(100);
  }

  private static void assertNeverMatches(
      PolicyRule rule, Condition when, RandomCalls source, SplittableRandom random, String where) {
    for (int call = 0; call < CALLS; call++) {
      NaiveEvaluator.Call tried = call(source, random);
      boolean looksAt =
          rule.tools().stream().anyMatch(tool -> NaiveEvaluator.glob(tool, tried.tool()));
      assertThat(looksAt && NaiveEvaluator.holdsReadable(when, tried))
          .as("%s: %s of %s", where, when, tried)
          .isFalse();
    }
  }

  @Test
  void a_rule_that_is_called_shadowed_never_decides_alone() {
    SplittableRandom random = new SplittableRandom(seed);
    int shadowed = 0;
    for (int i = 0; i < POLICIES; i++) {
      RandomCalls source = new RandomCalls(random.split());
      Policy policy = source.policy();
      Map<RuleId, RuleId> shadows = shadows(policy);
      shadowed += shadows.size();
      NaiveEvaluator naive = new NaiveEvaluator(policy);
      Instant now = START;
      for (int call = 0; call < CALLS && !shadows.isEmpty(); call++) {
        now = now.plusMillis(random.nextInt(6_000));
        NaiveEvaluator.Answer answer = naive.judge(call(source, random, now));
        for (Map.Entry<RuleId, RuleId> pair : shadows.entrySet()) {
          Verdict own = answer.rules().getOrDefault(pair.getKey(), Verdict.ALLOW);
          Verdict other = answer.rules().getOrDefault(pair.getValue(), Verdict.ALLOW);
          assertThat(other)
              .as("seed %d, policy %d: %s by %s", seed, i, pair.getKey(), pair.getValue())
              .isGreaterThanOrEqualTo(own);
        }
      }
    }
    assertThat(shadowed).as("seed %d: rules that are shadowed", seed).isGreaterThan(100);
  }

  /** The shadowed rules, and that each is by one of a mode as strong that is not under it again. */
  private static Map<RuleId, RuleId> shadows(Policy policy) {
    List<PolicyRule> rules = policy.rules();
    Map<Integer, Integer> found =
        new ShadowedRules(
                rules.stream().map(rule -> new RuleReading.Found(rule, nowhere())).toList(),
                policy.mode(),
                new Effort())
            .find();
    Map<RuleId, RuleId> shadows = new HashMap<>();
    found.forEach(
        (shadowed, by) -> {
          assertThat(mode(rules.get(by), policy))
              .isGreaterThanOrEqualTo(mode(rules.get(shadowed), policy));
          shadows.put(rules.get(shadowed).id(), rules.get(by).id());
          RuleId end = rules.get(by).id();
          for (int step = 0; step <= rules.size() && shadows.containsKey(end); step++) {
            end = shadows.get(end);
          }
          assertThat(shadows).doesNotContainKey(end);
        });
    return shadows;
  }

  private static Located nowhere() {
    return new Located(new YamlNode.Scalar(Place.START, null), KeyPath.ROOT, new Problems());
  }

  private static Mode mode(PolicyRule rule, Policy policy) {
    return rule.mode() == null ? policy.mode() : rule.mode();
  }

  private static NaiveEvaluator.Call call(RandomCalls source, SplittableRandom random) {
    return call(source, random, START.plusSeconds(random.nextInt(14 * 86_400)));
  }

  private static NaiveEvaluator.Call call(
      RandomCalls source, SplittableRandom random, Instant time) {
    boolean readable = random.nextInt(20) > 0;
    String agent = source.one(RandomCalls.AGENTS);
    Origin origin = source.one(List.of(Origin.values()));
    String session = source.one(List.of("s1", "s2"));
    return new NaiveEvaluator.Call(
        agent,
        agent + origin + session,
        agent + session,
        origin,
        source.one(RandomCalls.TOOLS),
        source.one(List.of(Operation.values())),
        readable ? source.arguments() : null,
        time);
  }
}
