package io.governor.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.governor.policy.Policy;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A benchmark of different answers is worth nothing: all judges must give the same. */
class JudgesAgreeTest {

  private static final int CALLS = 200;

  /** It takes tens of milliseconds for one. */
  private static final int CASBIN_CALLS = 60;

  @ParameterizedTest
  @EnumSource(names = {"MIXED_50", "MIXED_500", "MIXED_5000", "EXACT_5000", "APPLYING_50"})
  void governorMatchesTheRulesOfTheHandwrittenJudge(PolicyWorkload workload) {
    agree(workload, policy -> new GovernorJudge(policy, false));
    agree(workload, policy -> new GovernorJudge(policy, true));
  }

  @ParameterizedTest
  @EnumSource(names = {"MIXED_500", "APPLYING_50"})
  void celMatchesTheRulesOfTheHandwrittenJudge(PolicyWorkload workload) {
    agree(workload, CelJudge::new);
  }

  @ParameterizedTest
  @EnumSource(names = {"MIXED_500", "APPLYING_50"})
  void cedarMatchesTheRulesOfTheHandwrittenJudge(PolicyWorkload workload) {
    agree(workload, JudgesAgreeTest::cedar);
  }

  @ParameterizedTest
  @EnumSource(names = {"MIXED_500", "APPLYING_50"})
  void casbinRefusesTheCallsOfTheHandwrittenJudge(PolicyWorkload workload) {
    Policy policy = workload.policy();
    List<GeneratedCall> calls = calls(workload, policy).subList(0, CASBIN_CALLS);
    Judge<GeneratedCall> expected = new HandwrittenJudge(policy);

    for (CasbinJudge judge :
        List.of(CasbinJudge.evaluating(policy), CasbinJudge.callingBack(policy))) {
      assertThat(calls)
          .allSatisfy(
              call ->
                  assertThat(judge.refuses(judge.request(call))).isEqualTo(expected.refuses(call)));
    }
  }

  @Test
  void everyAimedCallMatchesAndFewOthersDo() {
    Policy policy = PolicyWorkload.MIXED_5000.policy();
    HandwrittenJudge judge = new HandwrittenJudge(policy);

    List<Boolean> refused =
        PolicyWorkload.MIXED_5000.calls(policy).stream().map(judge::refuses).toList();

    assertThat(Stream.iterate(0, i -> i < refused.size(), i -> i + 20).map(refused::get))
        .containsOnly(true);
    assertThat(refused.stream().filter(each -> each).count()).isBetween(50L, 150L);
  }

  @Test
  void nearlyAllRulesThatApplyMatch() {
    HandwrittenJudge judge = new HandwrittenJudge(PolicyGenerator.applying());

    assertThat(new PolicyCalls(1).applying(100))
        .allSatisfy(call -> assertThat(judge.matching(call)).hasSizeBetween(35, 45));
  }

  private static CedarJudge cedar(Policy policy) {
    try {
      return new CedarJudge(policy);
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof LinkageError) {
        return abort(e.getMessage());
      }
      throw e;
    }
  }

  private static <Q> void agree(PolicyWorkload workload, Function<Policy, Judge.Naming<Q>> judges) {
    Policy policy = workload.policy();
    HandwrittenJudge expected = new HandwrittenJudge(policy);
    try (Judge.Naming<Q> judge = judges.apply(policy)) {
      for (GeneratedCall call : calls(workload, policy)) {
        SortedSet<String> matching = judge.matching(judge.request(call));

        assertThat(matching).isEqualTo(expected.matching(call));
        assertThat(judge.refuses(judge.request(call))).isEqualTo(!matching.isEmpty());
      }
    }
  }

  private static List<GeneratedCall> calls(PolicyWorkload workload, Policy policy) {
    return workload.calls(policy).subList(0, CALLS);
  }
}
