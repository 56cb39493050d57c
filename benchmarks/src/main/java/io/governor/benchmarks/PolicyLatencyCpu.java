package io.governor.benchmarks;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.policy.Policy;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * How long the slowest calls take in processor time of the thread that makes them, of which waiting
 * for a processor is no part: with 200 mixed rules, with none, and nothing at all, which is what
 * the measuring itself costs. Each thread takes them in turn, so that whatever else happens on the
 * machine happens to all of them. Pauses of the collector are waiting, too, and are not in it.
 */
public final class PolicyLatencyCpu {

  private static final int RULES = 200;
  private static final int WARM_UP = 50_000;
  private static final int CALLS = 200_000;

  private PolicyLatencyCpu() {}

  /** Takes the number of threads, 8 by default. */
  public static void main(String[] arguments) throws InterruptedException {
    int threads = arguments.length == 0 ? 8 : Integer.parseInt(arguments[0]);
    Policy policy = new PolicyGenerator(PolicyWorkload.SEED).mixed(RULES);
    List<GeneratedCall> calls =
        new PolicyCalls(PolicyWorkload.SEED).of(policy, PolicyWorkload.CALLS);
    try (Governor governed = GovernorJudge.governor(policy);
        Governor empty = GovernorJudge.governor(null)) {
      List<Caller> callers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        callers.add(new Caller(governed, empty, calls, i * calls.size() / threads));
      }
      callers.forEach(Thread::start);
      for (Caller caller : callers) {
        caller.join();
      }
      System.out.println(
          callers.stream().mapToLong(caller -> caller.refused).sum() + " calls were refused");
      report("nothing", callers.stream().map(caller -> caller.nothing).toList());
      report("empty", callers.stream().map(caller -> caller.none).toList());
      report("rules200", callers.stream().map(caller -> caller.ruled).toList());
    }
  }

  private static void report(String what, List<long[]> samples) {
    long[] all = samples.stream().flatMapToLong(LongStream::of).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%-9s p50 %7.2f  p99 %7.2f  p99.9 %7.2f µs of processor time, %d calls%n",
        what,
        at(all, 0.5),
        at(all, 0.99),
        at(all, 0.999),
        all.length);
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))] / 1000.0;
  }

  /** One thread with a session of its own on either governor. */
  private static final class Caller extends Thread {
    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    private final GovernedSession governed;
    private final GovernedSession empty;
    private final List<GeneratedCall> calls;
    private final long[] nothing = new long[CALLS];
    private final long[] none = new long[CALLS];
    private final long[] ruled = new long[CALLS];
    private int next;
    private long refused;

    Caller(Governor governed, Governor empty, List<GeneratedCall> calls, int first) {
      this.governed = GovernorJudge.session(governed);
      this.empty = GovernorJudge.session(empty);
      this.calls = calls;
      this.next = first;
    }

    @Override
    public void run() {
      for (int i = -WARM_UP; i < CALLS; i++) {
        GeneratedCall call = calls.get(next);
        next = next + 1 == calls.size() ? 0 : next + 1;
        boolean ruledFirst = (i & 1) == 0;
        long start = clock.getCurrentThreadCpuTime();
        long first = clock.getCurrentThreadCpuTime();
        judge(ruledFirst ? governed : empty, call);
        long second = clock.getCurrentThreadCpuTime();
        judge(ruledFirst ? empty : governed, call);
        long end = clock.getCurrentThreadCpuTime();
        int at = Math.max(i, 0);
        nothing[at] = first - start;
        ruled[at] = ruledFirst ? second - first : end - second;
        none[at] = ruledFirst ? end - second : second - first;
      }
    }

    private void judge(GovernedSession session, GeneratedCall call) {
      refused += session.before(GovernorJudge.unparsed(call)).refused() ? 1 : 0;
    }
  }
}
