package io.governor.benchmarks.trace;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.layout.EchoLayout;
import io.governor.event.EventEncoder;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import io.governor.trace.TraceDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
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

  /** A thread's trace without a chain. */
  @State(Scope.Thread)
  public static class Unchained {
    private @Nullable OwnTrace trace;

    @Setup(Level.Iteration)
    public void open(ScratchFolder scratch, ThreadParams thread) {
      trace =
          new OwnTrace(
              TraceDirectory.unchained(scratch.resolve("unchained")), thread.getThreadIndex());
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      Objects.requireNonNull(trace).close();
    }
  }

  /** A thread's trace with a chain. */
  @State(Scope.Thread)
  public static class Chained {
    private @Nullable OwnTrace trace;

    @Setup(Level.Iteration)
    public void open(ScratchFolder scratch, ThreadParams thread) {
      trace = new OwnTrace(TraceDirectory.at(scratch.resolve("chained")), thread.getThreadIndex());
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
      Objects.requireNonNull(trace).close();
    }
  }

  /** Logback's file appender, which flushes every line while it holds its lock. */
  @State(Scope.Benchmark)
  public static class Logback {
    private @Nullable FileAppender<String> appender;
    private final String message = new String(LINE, StandardCharsets.US_ASCII).strip();

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

  /** The limit of everybody who shares a file: ready bytes, one write each, under one lock. */
  @State(Scope.Benchmark)
  public static class OneFile {
    private final ReentrantLock lock = new ReentrantLock();
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

  /** The limit of everybody who has a file of his own: ready bytes, one write each. */
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

  /** As {@link OwnFile}, forced to the disk. */
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
    EventEncoder.encode(EVENT, buffer.line.truncate(0));
    return buffer.line.raw('\n').length();
  }

  @Benchmark
  public void append(Unchained unchained) throws IOException {
    Objects.requireNonNull(unchained.trace).append(EVENT);
  }

  @Benchmark
  public void appendChained(Chained chained) throws IOException {
    Objects.requireNonNull(chained.trace).append(EVENT);
  }

  @Benchmark
  public void logback(Logback logback) {
    Objects.requireNonNull(logback.appender).doAppend(logback.message);
  }

  @Benchmark
  public void plainOneFile(OneFile file) throws IOException {
    file.lock.lock();
    try {
      Objects.requireNonNull(file.out).write(LINE);
    } finally {
      file.lock.unlock();
    }
  }

  @Benchmark
  public void plainOwnFile(OwnFile file) throws IOException {
    Objects.requireNonNull(file.out).write(LINE);
  }

  /** The limit of one who encodes and writes: both, and nothing else. */
  @Benchmark
  public void plainEncoded(OwnFile file, Buffer buffer) throws IOException {
    EventEncoder.encode(EVENT, buffer.line.truncate(0));
    JsonWriter line = buffer.line.raw('\n');
    Objects.requireNonNull(file.out).write(line.buffer(), 0, line.length());
  }

  @Benchmark
  public void plainForced(OwnForcedFile file) throws IOException {
    FileChannel channel = Objects.requireNonNull(file.channel);
    channel.write(ByteBuffer.wrap(LINE));
    channel.force(false);
  }
}
