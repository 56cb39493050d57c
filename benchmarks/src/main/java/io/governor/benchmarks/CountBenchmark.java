package io.governor.benchmarks;

import io.governor.Agent;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.sync.CountReport;
import io.governor.sync.SyncException;
import io.governor.sync.TraceCounter;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Counting the events of one trace, as a sync does, beside reading the same file's bytes and
 * nothing else. Times are per event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class CountBenchmark {

  private static final int EVENTS = 100_000;

  private @Nullable Path home;

  /** Records calls that fire rules, until the trace has its registration and so many events. */
  @Setup(Level.Trial)
  public void record() throws IOException {
    Path stateRoot = Files.createTempDirectory("governor-benchmark");
    try (Governor governor =
            Governor.builder().agent(Agent.named("bot")).stateRoot(stateRoot).build();
        GovernedSession session = governor.session().open()) {
      session.start();
      for (int events = 2; events < EVENTS; events += 2) {
        ToolCall call = ToolCall.of("crm.lookup", ToolArguments.empty()).withId("call-" + events);
        Decision decision = session.before(call);
        session.after(decision.call(), ToolResult.ofText("found"));
      }
    }
    home = stateRoot;
  }

  @TearDown(Level.Trial)
  public void delete() throws IOException {
    try (Stream<Path> paths = Files.walk(Objects.requireNonNull(home))) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Path traces() {
    return Objects.requireNonNull(home).resolve("traces");
  }

  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public CountReport count() throws SyncException {
    CountReport report = TraceCounter.ofStandardRules().count(List.of(TraceSource.of(traces())));
    if (report.events() != EVENTS) {
      throw new IllegalStateException("expected " + EVENTS + " events: " + report.events());
    }
    return report;
  }

  /** The limit: the same bytes, read in the same pieces. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public long readBytes() throws IOException {
    byte[] chunk = new byte[1 << 16];
    long sum = 0;
    for (Path trace : files()) {
      try (InputStream in = Files.newInputStream(trace)) {
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
          sum += read;
        }
      }
    }
    return sum;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.walk(traces())) {
      return paths.filter(path -> path.toString().endsWith(".jsonl")).toList();
    }
  }
}
