package io.governor.benchmarks;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.policy.Policy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * How long the slowest calls take when eight threads, each with a session of its own, share one
 * governor: with 200 mixed rules and with none, in the same run.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@Threads(8)
public class PolicyLatencyBenchmark {

  private static final int RULES = 200;

  /** The governors and the calls that all threads share. */
  @State(Scope.Benchmark)
  public static class Shared {
    private final Policy policy = new PolicyGenerator(PolicyWorkload.SEED).mixed(RULES);
    private final List<GeneratedCall> calls =
        new PolicyCalls(PolicyWorkload.SEED).of(policy, PolicyWorkload.CALLS);
    private final Governor governed = GovernorJudge.governor(policy);
    private final Governor empty = GovernorJudge.governor(null);

    @TearDown(Level.Trial)
    public void close() {
      governed.close();
      empty.close();
    }
  }

  /** One thread's sessions; each starts at another call. */
  @State(Scope.Thread)
  public static class Caller {
    private @Nullable GovernedSession governed;
    private @Nullable GovernedSession empty;
    private List<GeneratedCall> calls = List.of();
    private int next;

    @Setup
    public void open(Shared shared, ThreadParams thread) {
      governed = GovernorJudge.session(shared.governed);
      empty = GovernorJudge.session(shared.empty);
      calls = shared.calls;
      next = thread.getThreadIndex() * calls.size() / thread.getThreadCount();
    }

    boolean refuses(@Nullable GovernedSession session) {
      GeneratedCall call = calls.get(next);
      next = next + 1 == calls.size() ? 0 : next + 1;
      return Objects.requireNonNull(session).before(GovernorJudge.unparsed(call)).refused();
    }
  }

  @Benchmark
  public boolean rules200(Caller caller) {
    return caller.refuses(caller.governed);
  }

  @Benchmark
  public boolean empty(Caller caller) {
    return caller.refuses(caller.empty);
  }
}
