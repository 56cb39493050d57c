package io.governor.benchmarks;

import io.governor.Governor;
import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What 5,000 mixed rules cost before the first call, in a fresh JVM: the time to read their
 * document and to put them in force, the first time and later, and the heap that the governor and
 * its policy keep.
 */
public final class PolicyFootprint {

  private static final int RULES = 5000;
  private static final int REPEATS = 11;

  /** Kept at once, so that what they keep stands out from what comes and goes. */
  private static final int COPIES = 5;

  private PolicyFootprint() {}

  private record Kept(Policy policy, Governor governor) {
    static Kept of(Policy policy) {
      return new Kept(policy, GovernorJudge.governor(policy));
    }
  }

  /** Prints the figures; takes no arguments. */
  public static void main(String[] arguments) {
    String yaml = written().toYaml();
    say("document", String.format(Locale.ROOT, "%d rules, %d bytes", RULES, yaml.length()));
    double[] compile = new double[REPEATS];
    double[] load = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      Policy policy = read(yaml);
      long read = System.nanoTime();
      GovernorJudge.governor(policy).close();
      load[i] = (read - start) / 1e6;
      compile[i] = (System.nanoTime() - read) / 1e6;
    }
    say("read the document", times(load));
    say("compile", times(compile));
    say("kept, read from YAML", keptBy(() -> read(yaml)));
    say("kept, built in Java", keptBy(PolicyFootprint::written));
  }

  private static Policy written() {
    return new PolicyGenerator(PolicyWorkload.SEED).mixed(RULES);
  }

  private static Policy read(String yaml) {
    try {
      return PolicyLoader.standard().parse("generated", yaml).policy();
    } catch (PolicyException e) {
      throw new IllegalStateException("expected a policy that can be read", e);
    }
  }

  private static String times(double[] millis) {
    double[] later = Arrays.copyOfRange(millis, 1, millis.length);
    Arrays.sort(later);
    return String.format(
        Locale.ROOT,
        "first %.0f ms, later %.0f ms (median of %d, at most %.0f ms)",
        millis[0],
        later[later.length / 2],
        later.length,
        later[later.length - 1]);
  }

  private static String keptBy(Supplier<Policy> policies) {
    List<Kept> kept = new ArrayList<>(COPIES);
    kept.add(Kept.of(policies.get()));
    long before = used();
    try {
      for (int i = 0; i < COPIES; i++) {
        kept.add(Kept.of(policies.get()));
      }
      double bytes = (used() - before) / (double) COPIES;
      return String.format(Locale.ROOT, "%.1f MB with its policy", bytes / 1e6);
    } finally {
      Reference.reachabilityFence(kept);
    }
  }

  /** The heap in use once nothing more can be collected. */
  private static long used() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  private static void say(String what, String figures) {
    System.out.printf(Locale.ROOT, "%-22s%s%n", what, figures);
  }
}
