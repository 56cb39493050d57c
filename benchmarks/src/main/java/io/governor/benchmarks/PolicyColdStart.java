package io.governor.benchmarks;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.policy.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The first thousand calls after a governor was built, in a fresh JVM: how long the first ones
 * take, and what they cost altogether.
 */
public final class PolicyColdStart {

  private static final int RULES = 500;

  private PolicyColdStart() {}

  /** Prints the figures; with the argument {@code warm}, the governor is warmed up before. */
  public static void main(String[] arguments) {
    Policy policy = new PolicyGenerator(PolicyWorkload.SEED).mixed(RULES);
    List<GeneratedCall> calls =
        new PolicyCalls(PolicyWorkload.SEED).of(policy, PolicyWorkload.CALLS);
    long start = System.nanoTime();
    try (Governor governor = GovernorJudge.governor(policy);
        GovernedSession session = GovernorJudge.session(governor)) {
      say("build", micros(start));
      if (List.of(arguments).contains("warm")) {
        long warm = System.nanoTime();
        governor.warmUp();
        say("warm up", micros(warm));
      }
      report(judge(session, calls));
    }
  }

  private static double micros(long start) {
    return (System.nanoTime() - start) / 1e3;
  }

  private static double[] judge(GovernedSession session, List<GeneratedCall> calls) {
    double[] micros = new double[calls.size()];
    for (int i = 0; i < micros.length; i++) {
      long start = System.nanoTime();
      session.before(GovernorJudge.unparsed(calls.get(i)));
      micros[i] = micros(start);
    }
    return micros;
  }

  private static void report(double[] micros) {
    say("call 1", micros[0]);
    mean(micros, 1, 10);
    mean(micros, 10, 100);
    mean(micros, 100, micros.length);
    double[] sorted = micros.clone();
    Arrays.sort(sorted);
    say("median", sorted[sorted.length / 2]);
    say("p99", sorted[sorted.length * 99 / 100]);
    say("all together", Arrays.stream(micros).sum());
  }

  private static void mean(double[] micros, int from, int to) {
    say(
        "mean of " + (from + 1) + "-" + to,
        Arrays.stream(micros, from, to).average().orElseThrow());
  }

  private static void say(String what, double micros) {
    System.out.printf(Locale.ROOT, "%-18s%10.1f µs%n", what, micros);
  }
}
