package io.governor.benchmarks;

import io.governor.CallLimit;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.TraceSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One call that a limit counts, with so many counted before it: in memory, in files that processes
 * share, and beside them the same call without a limit and a plain append of the eight bytes that a
 * counted call takes.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LimitBenchmark {

  private static final ToolCall CALL = ToolCall.of("refund.create", ToolArguments.empty());

  @Param({"100", "10000", "99000"})
  public int counted;

  /** What a run works on. */
  private record Stage(
      Path home, Governor governor, GovernedSession session, FileChannel plain, ByteBuffer time) {}

  private @Nullable Stage memory;
  private @Nullable Stage shared;
  private @Nullable Stage unlimited;

  @Setup(Level.Trial)
  public void open() throws IOException {
    memory = stage(limited());
    shared = stage(limited().sharedLimits());
    unlimited = stage(Governor.builder());
    for (int i = 0; i < counted; i++) {
      memoryLimit();
      sharedLimit();
    }
  }

  /** Observes, so that calls are counted however many there were. */
  private static GovernorBuilder limited() {
    return Governor.builder()
        .rules(
            Rule.named("BENCH-001")
                .limit(
                    new CallLimit(
                        CallLimit.MOST_CALLS, Duration.ofDays(1), CallLimit.Scope.INSTALLATION))
                .mode(Mode.OBSERVE)
                .deny());
  }

  private static Stage stage(GovernorBuilder builder) throws IOException {
    Path home = Files.createTempDirectory("governor-benchmark");
    Governor governor = builder.stateRoot(home).trace(TraceSink.none()).build();
    FileChannel plain =
        FileChannel.open(
            home.resolve("plain"), StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    return new Stage(
        home, governor, governor.session().open(), plain, ByteBuffer.allocateDirect(Long.BYTES));
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    for (Stage stage : new @Nullable Stage[] {memory, shared, unlimited}) {
      Stage open = Objects.requireNonNull(stage);
      open.governor().close();
      open.plain().close();
      try (Stream<Path> paths = Files.walk(open.home())) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Benchmark
  public Decision memoryLimit() {
    return Objects.requireNonNull(memory).session().before(CALL);
  }

  @Benchmark
  public Decision sharedLimit() {
    return Objects.requireNonNull(shared).session().before(CALL);
  }

  @Benchmark
  public Decision noLimit() {
    return Objects.requireNonNull(unlimited).session().before(CALL);
  }

  /** The limit of the limit: eight bytes appended to a file that is open, and nothing else. */
  @Benchmark
  public int plainAppend() throws IOException {
    Stage stage = Objects.requireNonNull(unlimited);
    return stage.plain().write(stage.time().clear());
  }

  /** The same for who opens and closes the file, as processes do that share it. */
  @Benchmark
  public int plainOpenAndAppend() throws IOException {
    Stage stage = Objects.requireNonNull(unlimited);
    try (FileChannel file =
        FileChannel.open(stage.home().resolve("plain"), StandardOpenOption.APPEND)) {
      return file.write(stage.time().clear());
    }
  }
}
