package io.governor.benchmarks.trace;

import java.io.IOException;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event put on record by each {@link Contender}, by as many threads as JMH is told. With {@link
 * CpuPerEvent} as profiler it says what an event costs, with {@link Mode#SampleTime} how long
 * callers wait. Where the machine has other things to do, {@link TraceCosts} compares better.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TraceBenchmark {

  /** What all threads share. */
  @State(Scope.Benchmark)
  public static class Shared {

    @Param private Contender contender = Contender.TRACE;
    private @Nullable Scratch scratch;
    private @Nullable Stage stage;

    @Setup(Level.Iteration)
    public void open() throws IOException {
      Scratch made = Scratch.make();
      scratch = made;
      stage = contender.open(made.folder());
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      Objects.requireNonNull(stage).close();
      Objects.requireNonNull(scratch).close();
    }
  }

  /** A thread's part. */
  @State(Scope.Thread)
  public static class Caller {
    private Stage.@Nullable Append append;

    @Setup(Level.Iteration)
    public void open(Shared shared) throws IOException {
      append = Objects.requireNonNull(shared.stage).caller();
    }
  }

  @Benchmark
  public void append(Caller caller) throws IOException {
    Objects.requireNonNull(caller.append).run();
  }
}
