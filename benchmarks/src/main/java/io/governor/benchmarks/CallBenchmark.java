package io.governor.benchmarks;

import io.governor.Agent;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Intent;
import io.governor.ResultHint;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.TraceSink;
import io.governor.trace.HashChain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One governed tool call at the caller: {@code before} and {@code after} with the five standard
 * rules, into the file trace and into a sink that keeps nothing, beside a plain append of the same
 * bytes in two writes and the hashes of the chain alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class CallBenchmark {

  private static final String ARGUMENTS =
      "{\"customer\":\"c-4711\",\"fields\":[\"name\",\"plan\",\"balance\"],\"limit\":20}";
  private static final ToolResult RESULT =
      ToolResult.ofText("{\"name\":\"Ada\",\"plan\":\"pro\",\"balance\":12.50}".repeat(8))
          .with(ResultHint.classified("internal"));

  /** What an iteration works on. */
  private record Stage(
      Path home,
      Governor toFile,
      Governor toNothing,
      GovernedSession fileSession,
      GovernedSession noopSession,
      FileChannel plain,
      List<byte[]> lines) {}

  private final MessageDigest sha256 = sha256();
  private @Nullable Stage stage;

  @Setup(Level.Iteration)
  public void open() throws IOException {
    Path home = Files.createTempDirectory("governor-benchmark");
    Governor toFile = builder().stateRoot(home).build();
    Governor toNothing = builder().trace(TraceSink.none()).build();
    GovernedSession fileSession = session(toFile);
    call(fileSession);
    FileChannel plain =
        FileChannel.open(
            home.resolve("plain"), StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    stage =
        new Stage(
            home, toFile, toNothing, fileSession, session(toNothing), plain, lastTwoLines(home));
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    Stage current = stage();
    current.toFile().close();
    current.toNothing().close();
    current.plain().close();
    try (Stream<Path> paths = Files.walk(current.home())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Stage stage() {
    return Objects.requireNonNull(stage);
  }

  @Benchmark
  public Decision fileTrace() {
    return call(stage().fileSession());
  }

  @Benchmark
  public Decision noopSink() {
    return call(stage().noopSession());
  }

  /** What the chain costs at least: SHA-256 over as many bytes as it hashes, once. */
  @Benchmark
  public int hashOnly() {
    int hashed = 0;
    for (byte[] line : stage().lines()) {
      hashed += hash(line).length;
    }
    return hashed;
  }

  /** The limit with the chain on: the same bytes hashed and appended, and nothing else. */
  @Benchmark
  public int plainHashAndAppend() throws IOException {
    Stage current = stage();
    int written = 0;
    for (byte[] line : current.lines()) {
      written += hash(line).length;
      written += current.plain().write(ByteBuffer.wrap(line));
    }
    return written;
  }

  /** The limit: the bytes of the two events, each in one write on an append descriptor. */
  @Benchmark
  public int plainAppend() throws IOException {
    Stage current = stage();
    int written = 0;
    for (byte[] line : current.lines()) {
      written += current.plain().write(ByteBuffer.wrap(line));
    }
    return written;
  }

  /** The chain hashes the hash before and the line without its own members. */
  private byte[] hash(byte[] line) {
    sha256.update(line, 0, HashChain.HASH_BYTES);
    sha256.update(line, 0, line.length - HashChain.TAIL_BYTES + "}}".length() - "\n".length());
    return sha256.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Decision call(GovernedSession session) {
    ToolCall call = ToolCall.of("crm.lookup", ToolArguments.ofJson(ARGUMENTS)).withId("call-1");
    Decision decision = session.before(call);
    return session.after(decision.call(), RESULT);
  }

  private static GovernorBuilder builder() {
    return Governor.builder().agent(Agent.named("bot").version("1.0"));
  }

  private static GovernedSession session(Governor governor) {
    return governor.session().intent(Intent.explicit("Answer a ticket", "crm")).open();
  }

  private static List<byte[]> lastTwoLines(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("traces"))) {
      Path trace =
          files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
      List<String> all = Files.readAllLines(trace);
      return all.subList(all.size() - 2, all.size()).stream()
          .map(line -> (line + "\n").getBytes(StandardCharsets.US_ASCII))
          .toList();
    }
  }
}
