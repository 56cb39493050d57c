package io.governor.benchmarks.trace;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.layout.EchoLayout;
import io.governor.event.EventEncoder;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import io.governor.trace.SessionSnapshot;
import io.governor.trace.SessionTrace;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceStore.Sharing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * One event put on record, by threads that each have a session, beside the encoding alone, the
 * limits and a peer. With {@link CpuPerEvent} as profiler it says what an event costs, with {@link
 * Mode#SampleTime} how long callers wait.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@Threads(1)
public class TraceBenchmark {

  private static final TraceEvent EVENT = TypicalEvent.make();
  private static final byte[] LINE = TypicalEvent.line(EVENT);

  /** A thread's buffer. */
  @State(Scope.Thread)
  public static class Buffer {
    private final JsonWriter line = new JsonWriter(1024);
  }

  /** The traces of one governor. */
  @State(Scope.Benchmark)
  public static class Traces {

    @Param({"UNCHAINED", "CHAINED", "CHAINED_ENCRYPTED", "CHAINED_GROUP", "CHAINED_ALWAYS"})
    private TraceKind kind = TraceKind.UNCHAINED;

    private final Queue<SessionTrace> open = new ConcurrentLinkedQueue<>();
    private @Nullable TraceDirectory directory;

    @Setup(Level.Iteration)
    public void open(ScratchFolder scratch) {
      directory = kind.at(scratch.resolve("root"));
    }

    SessionTrace session(int number) {
      SessionTrace session =
          Objects.requireNonNull(directory).open("api", "session-" + number, Sharing.UNIQUE);
      open.add(session);
      return session;
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      for (SessionTrace session = open.poll(); session != null; session = open.poll()) {
        session.close(true, () -> SessionSnapshot.START);
      }
      Objects.requireNonNull(directory).close();
    }
  }

  /** A session that a thread has for itself. */
  @State(Scope.Thread)
  public static class Session {
    private @Nullable SessionTrace trace;

    @Setup(Level.Iteration)
    public void open(Traces traces, ThreadParams thread) {
      trace = traces.session(thread.getThreadIndex());
    }

    /** As a session does it for each call. */
    void append(TraceEvent event) throws IOException {
      SessionTrace current = Objects.requireNonNull(trace);
      current.begin();
      try {
        current.append(event);
      } finally {
        current.end(() -> SessionSnapshot.START);
      }
    }
  }

  /** Logback's file appender, which flushes every line while it holds its lock. */
  @State(Scope.Benchmark)
  public static class Logback {
    private final String message = new String(LINE, StandardCharsets.US_ASCII).strip();
    private @Nullable FileAppender<String> appender;

    @Setup(Level.Iteration)
    public void open(ScratchFolder scratch) {
      ContextBase context = new ContextBase();
      LayoutWrappingEncoder<String> encoder = new LayoutWrappingEncoder<>();
      encoder.setContext(context);
      encoder.setLayout(new EchoLayout<>());
      encoder.start();
      FileAppender<String> opened = new FileAppender<>();
      opened.setContext(context);
      opened.setEncoder(encoder);
      opened.setImmediateFlush(true);
      opened.setFile(scratch.resolve("logback.log").toString());
      opened.start();
      appender = opened;
    }

    @TearDown(Level.Iteration)
    public void close() {
      Objects.requireNonNull(appender).stop();
    }
  }

  /** A file that all threads write under one lock. */
  @State(Scope.Benchmark)
  public static class OneFile {
    private final ReentrantLock lock = new ReentrantLock();
    private final JsonWriter line = new JsonWriter(1024);
    private @Nullable OutputStream out;

    @Setup(Level.Iteration)
    public void open(ScratchFolder scratch) throws IOException {
      out = append(scratch, "one");
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      Objects.requireNonNull(out).close();
    }
  }

  /** A file that all threads write together. */
  @State(Scope.Benchmark)
  public static class CombinedFile {
    private @Nullable CombinedWrites writes;

    @Setup(Level.Iteration)
    public void open(ScratchFolder scratch) throws IOException {
      writes = new CombinedWrites(append(scratch, "combined"));
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      Objects.requireNonNull(writes).close();
    }
  }

  /** A file that a thread has for itself. */
  @State(Scope.Thread)
  public static class OwnFile {
    private @Nullable OutputStream out;

    @Setup(Level.Iteration)
    public void open(ScratchFolder scratch, ThreadParams thread) throws IOException {
      out = append(scratch, "own-" + thread.getThreadIndex());
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      Objects.requireNonNull(out).close();
    }
  }

  /** The same, to be forced to the disk. */
  @State(Scope.Thread)
  public static class OwnForcedFile {
    private @Nullable FileChannel channel;

    @Setup(Level.Iteration)
    public void open(ScratchFolder scratch, ThreadParams thread) throws IOException {
      channel =
          FileChannel.open(
              scratch.resolve("forced-" + thread.getThreadIndex()),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.APPEND);
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      Objects.requireNonNull(channel).close();
    }
  }

  private static OutputStream append(ScratchFolder scratch, String name) throws IOException {
    return Files.newOutputStream(
        scratch.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
  }

  @Benchmark
  public int encode(Buffer buffer) {
    return encoded(buffer.line).length();
  }

  private static JsonWriter encoded(JsonWriter line) {
    EventEncoder.encode(EVENT, line.truncate(0));
    return line.raw('\n');
  }

  @Benchmark
  public void append(Session session) throws IOException {
    session.append(EVENT);
  }

  /** A line that is ready, as a message. */
  @Benchmark
  public void logback(Logback logback) {
    Objects.requireNonNull(logback.appender).doAppend(logback.message);
  }

  /** The limit of who has the line and a file: one write, and nothing else. */
  @Benchmark
  public void plain(OwnFile file) throws IOException {
    Objects.requireNonNull(file.out).write(LINE);
  }

  /** The limit of who has an event and a file: encoding, one write, and nothing else. */
  @Benchmark
  public void plainEncoded(OwnFile file, Buffer buffer) throws IOException {
    JsonWriter line = encoded(buffer.line);
    Objects.requireNonNull(file.out).write(line.buffer(), 0, line.length());
  }

  /** All threads write one file, encoding and writing under its lock. */
  @Benchmark
  public void oneFileLocked(OneFile file) throws IOException {
    file.lock.lock();
    try {
      JsonWriter line = encoded(file.line);
      Objects.requireNonNull(file.out).write(line.buffer(), 0, line.length());
    } finally {
      file.lock.unlock();
    }
  }

  /** All threads write one file, and whoever has it writes what all the others wait with. */
  @Benchmark
  public void oneFileCombined(CombinedFile file) throws IOException {
    Objects.requireNonNull(file.writes).append(EVENT);
  }

  /** The limit of who forces each line. */
  @Benchmark
  public void plainForced(OwnForcedFile file) throws IOException {
    FileChannel channel = Objects.requireNonNull(file.channel);
    channel.write(ByteBuffer.wrap(LINE));
    channel.force(false);
  }
}
