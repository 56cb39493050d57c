package io.governor.benchmarks;

import io.governor.policy.Policy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision about one call by the rules of a policy: Governor's, a handwritten one's and that of
 * three peers, each with the same rules in its own words, over the same thousand calls. Before
 * anything is measured, each must judge as the handwritten one does.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PolicyBenchmark {

  /** The rules and the calls. */
  @State(Scope.Benchmark)
  public static class Workload {
    @Param public PolicyWorkload workload = PolicyWorkload.MIXED_5;

    private @Nullable Policy policy;
    private List<GeneratedCall> calls = List.of();

    @Setup
    public void generate() {
      policy = workload.policy();
      calls = workload.calls(policy);
    }

    Policy policy() {
      return Objects.requireNonNull(policy);
    }

    <Q> CallStream<Q> stream(Function<Policy, Judge<Q>> judge) {
      return CallStream.of(judge.apply(policy()), calls, new HandwrittenJudge(policy()));
    }
  }

  /** A judge and its calls; made only for the benchmark that asks for it. */
  abstract static class Asked {
    private @Nullable CallStream<?> stream;

    abstract CallStream<?> stream(Workload workload);

    @Setup
    public void open(Workload workload) {
      stream = stream(workload);
    }

    @TearDown(Level.Trial)
    public void close() {
      Objects.requireNonNull(stream).close();
    }

    boolean refusesNext() {
      return Objects.requireNonNull(stream).refusesNext();
    }
  }

  /** Governor, which parses the arguments. */
  @State(Scope.Thread)
  public static class Text extends Asked {
    @Override
    CallStream<?> stream(Workload workload) {
      return workload.stream(policy -> new GovernorJudge(policy, false));
    }
  }

  /** Governor with arguments that the host has parsed. */
  @State(Scope.Thread)
  public static class Parsed extends Asked {
    @Override
    CallStream<?> stream(Workload workload) {
      return workload.stream(policy -> new GovernorJudge(policy, true));
    }
  }

  /** Governor without a policy. */
  @State(Scope.Thread)
  public static class Empty extends Asked {
    @Override
    CallStream<?> stream(Workload workload) {
      return CallStream.of(new GovernorJudge(null, false), workload.calls);
    }
  }

  /** The limit of what is possible without an index over conditions. */
  @State(Scope.Thread)
  public static class Handwritten extends Asked {
    @Override
    CallStream<?> stream(Workload workload) {
      return workload.stream(HandwrittenJudge::new);
    }
  }

  /** jCasbin evaluating the texts of conditions. */
  @State(Scope.Thread)
  public static class CasbinEval extends Asked {
    @Override
    CallStream<?> stream(Workload workload) {
      return workload.stream(CasbinJudge::evaluating);
    }
  }

  /** jCasbin calling back into lambdas. */
  @State(Scope.Thread)
  public static class CasbinFunction extends Asked {
    @Override
    CallStream<?> stream(Workload workload) {
      return workload.stream(CasbinJudge::callingBack);
    }
  }

  /** CEL, one program per rule. */
  @State(Scope.Thread)
  public static class Cel extends Asked {
    @Override
    CallStream<?> stream(Workload workload) {
      return workload.stream(CelJudge::new);
    }
  }

  /** Cedar with its cache. */
  @State(Scope.Thread)
  public static class Cedar extends Asked {
    @Override
    CallStream<?> stream(Workload workload) {
      return workload.stream(CedarJudge::new);
    }
  }

  @Benchmark
  public boolean governor(Text governor) {
    return governor.refusesNext();
  }

  @Benchmark
  public boolean governorParsed(Parsed governor) {
    return governor.refusesNext();
  }

  @Benchmark
  public boolean governorEmpty(Empty governor) {
    return governor.refusesNext();
  }

  @Benchmark
  public boolean handwritten(Handwritten limit) {
    return limit.refusesNext();
  }

  @Benchmark
  public boolean casbinEval(CasbinEval peer) {
    return peer.refusesNext();
  }

  @Benchmark
  public boolean casbinFunction(CasbinFunction peer) {
    return peer.refusesNext();
  }

  @Benchmark
  public boolean cel(Cel peer) {
    return peer.refusesNext();
  }

  @Benchmark
  public boolean cedar(Cedar peer) {
    return peer.refusesNext();
  }
}
